-- +goose Up
ATTACH ':memory:' AS other;
CREATE TABLE other.x (id INTEGER);
INSERT INTO other.x VALUES (1), (2);
CREATE TABLE copied AS SELECT id FROM other.x;
INSERT INTO ran VALUES (43, 'last');
