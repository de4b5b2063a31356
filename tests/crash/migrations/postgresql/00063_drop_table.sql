-- +goose Up
DROP TABLE wrapped;
INSERT INTO ran VALUES (63, 'last');
