-- +goose Up
ALTER TABLE users ADD COLUMN wrong TEXT;
ALTER TABLE users DROP COLUMN wrong;
INSERT INTO ran VALUES (11, 'last');
