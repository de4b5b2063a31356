-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (22, 'first');
PRAGMA journal_mode = DELETE;
INSERT INTO ran VALUES (22, 'last');
