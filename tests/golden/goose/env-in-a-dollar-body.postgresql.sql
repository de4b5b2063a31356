-- +goose Up
CREATE FUNCTION f() RETURNS text AS $$
-- +goose ENVSUB ON
SELECT '${GW_A}';
-- +goose ENVSUB OFF
SELECT '${GW_A}';
$$ LANGUAGE sql;
SELECT 1;
