-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (38, 'first');
VACUUM users;
VACUUM (ANALYZE) sites;
INSERT INTO ran VALUES (38, 'last');
