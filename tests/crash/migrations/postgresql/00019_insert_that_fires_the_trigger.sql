-- +goose Up
INSERT INTO users (id, email, created_at) VALUES (4, 'dee@example.org', '2024-01-04 00:00:00Z');
INSERT INTO ran VALUES (19, 'last');
