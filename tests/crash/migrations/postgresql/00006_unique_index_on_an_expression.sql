-- +goose Up
CREATE UNIQUE INDEX users_email ON users (lower(email));
INSERT INTO ran VALUES (6, 'last');
