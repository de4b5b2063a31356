-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (13, 'first');
PRAGMA journal_mode = WAL;
INSERT INTO ran VALUES (13, 'last');
