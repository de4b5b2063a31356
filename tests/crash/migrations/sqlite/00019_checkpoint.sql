-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (19, 'first');
PRAGMA wal_checkpoint(TRUNCATE);
INSERT INTO ran VALUES (19, 'last');
