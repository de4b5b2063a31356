-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION shout(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN upper(word) || '!';
END;
$$;
-- +goose StatementEnd
INSERT INTO ran VALUES (17, 'last');
