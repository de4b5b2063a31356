-- +goose Up
CREATE TRIGGER t AFTER INSERT ON a BEGIN
  UPDATE a SET v = 1;
-- +goose Down
END;
