-- +goose Up
REINDEX;
INSERT INTO ran VALUES (42, 'last');
