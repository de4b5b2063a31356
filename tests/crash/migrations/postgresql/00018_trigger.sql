-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION note_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ran VALUES (0, 'trigger ' || NEW.id);
  RETURN NEW;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER users_noted AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note_user();
INSERT INTO ran VALUES (18, 'last');
