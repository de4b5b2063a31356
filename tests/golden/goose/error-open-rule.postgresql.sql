-- +goose Up
CREATE RULE r AS ON INSERT TO a DO (
  DELETE FROM b;
-- +goose Down
