-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (53, 'first');
-- +goose StatementBegin
DO $$
BEGIN
  INSERT INTO events (id, what) VALUES (200, 'done alone');
END;
$$;
-- +goose StatementEnd
INSERT INTO ran VALUES (53, 'last');
