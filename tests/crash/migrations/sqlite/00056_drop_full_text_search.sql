-- +goose Up
DROP TABLE notes;
INSERT INTO ran VALUES (56, 'last');
