-- +goose Up
PRAGMA secure_delete = ON;
DELETE FROM many WHERE id > 300;
INSERT INTO ran VALUES (59, 'last');
