-- +goose Up
INSERT INTO users (id, email) VALUES (4, 'dee@example.org');
INSERT INTO ran VALUES (26, 'last');
