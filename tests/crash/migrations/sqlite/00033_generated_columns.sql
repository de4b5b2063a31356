-- +goose Up
CREATE TABLE boxes (w INTEGER, h INTEGER, area INTEGER GENERATED ALWAYS AS (w * h) STORED, half INTEGER AS (w / 2));
INSERT INTO boxes (w, h) VALUES (3, 4), (5, 6);
INSERT INTO ran VALUES (33, 'last');
