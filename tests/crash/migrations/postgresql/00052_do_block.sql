-- +goose Up
-- +goose StatementBegin
DO $$
DECLARE i int;
BEGIN
  FOR i IN 1..5 LOOP
    INSERT INTO events (id, what) VALUES (100 + i, 'loop');
  END LOOP;
END;
$$;
-- +goose StatementEnd
INSERT INTO ran VALUES (52, 'last');
