-- +goose Up
BEGIN;
CREATE TABLE wrapped (id int PRIMARY KEY);
INSERT INTO wrapped VALUES (1);
INSERT INTO ran VALUES (57, 'last');
COMMIT;
