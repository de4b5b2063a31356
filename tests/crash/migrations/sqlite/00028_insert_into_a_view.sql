-- +goose Up
INSERT INTO owners (id, email) VALUES (5, 'eve@example.org');
INSERT INTO ran VALUES (28, 'last');
