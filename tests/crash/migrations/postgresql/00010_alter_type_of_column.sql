-- +goose Up
ALTER TABLE users ALTER COLUMN score TYPE bigint;
INSERT INTO ran VALUES (10, 'last');
