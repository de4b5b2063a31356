-- +goose Up
PRAGMA user_version = 7;
PRAGMA application_id = 1196378964;
INSERT INTO ran VALUES (29, 'last');
