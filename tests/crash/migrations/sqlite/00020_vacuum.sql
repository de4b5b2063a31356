-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (20, 'first');
VACUUM;
INSERT INTO ran VALUES (20, 'last');
