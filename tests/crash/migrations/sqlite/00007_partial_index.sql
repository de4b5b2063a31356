-- +goose Up
CREATE INDEX users_nameless ON users (id) WHERE name IS NULL;
INSERT INTO ran VALUES (7, 'last');
