-- +goose Up
CREATE TABLE ran (version INTEGER NOT NULL, part TEXT NOT NULL);
INSERT INTO ran VALUES (1, 'last');
