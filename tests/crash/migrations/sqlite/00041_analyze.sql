-- +goose Up
ANALYZE many;
INSERT INTO ran VALUES (41, 'last');
