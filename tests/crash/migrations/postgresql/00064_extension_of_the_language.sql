-- +goose Up
CREATE FUNCTION add(l int, r int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT l + r';
CREATE AGGREGATE total (int) (SFUNC = add, STYPE = int, INITCOND = '0');
INSERT INTO ran VALUES (64, 'last');
