-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (40, 'first');
DROP INDEX CONCURRENTLY users_nameless;
INSERT INTO ran VALUES (40, 'last');
