-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (7, 'first');
CREATE INDEX CONCURRENTLY users_name ON users (name);
INSERT INTO ran VALUES (7, 'last');
