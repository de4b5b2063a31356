-- +goose Up
ALTER TABLE users ADD COLUMN score int NOT NULL DEFAULT 5;
INSERT INTO ran VALUES (9, 'last');
