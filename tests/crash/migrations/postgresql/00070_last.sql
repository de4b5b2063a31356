-- +goose Up
CREATE TABLE last_one (id int PRIMARY KEY);
INSERT INTO ran VALUES (70, 'last');
