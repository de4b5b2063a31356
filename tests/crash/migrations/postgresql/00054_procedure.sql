-- +goose Up
CREATE PROCEDURE fill(n int) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (id, what) VALUES (300 + n, 'called');
  COMMIT;
END;
$$;
INSERT INTO ran VALUES (54, 'last');
