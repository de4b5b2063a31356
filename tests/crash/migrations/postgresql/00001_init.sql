-- +goose Up
CREATE TABLE ran (version int NOT NULL, part text NOT NULL);
INSERT INTO ran VALUES (1, 'last');
