-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (60, 'first');
PRAGMA auto_vacuum = FULL;
VACUUM;
INSERT INTO ran VALUES (60, 'last');
