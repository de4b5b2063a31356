-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (62, 'first');
INSERT INTO events (what) VALUES ('before the log');
PRAGMA journal_mode = WAL;
INSERT INTO events (what) VALUES ('in the log');
INSERT INTO ran VALUES (62, 'last');
