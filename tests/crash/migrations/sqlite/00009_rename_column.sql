-- +goose Up
ALTER TABLE users RENAME COLUMN name TO full_name;
INSERT INTO ran VALUES (9, 'last');
