-- +goose Up
CREATE FUNCTION f() RETURNS int AS $body$
-- +goose Down
-- +goose NO TRANSACTION
SELECT $$it's;$$;
$body$ LANGUAGE sql;
SELECT a$b$c;
SELECT d$b$;
