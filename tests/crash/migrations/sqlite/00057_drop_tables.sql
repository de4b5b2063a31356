-- +goose Up
DROP TABLE wrapped;
DROP TABLE files;
INSERT INTO ran VALUES (57, 'last');
