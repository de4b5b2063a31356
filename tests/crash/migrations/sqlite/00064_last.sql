-- +goose Up
CREATE TABLE last_one (id INTEGER PRIMARY KEY);
INSERT INTO ran VALUES (64, 'last');
