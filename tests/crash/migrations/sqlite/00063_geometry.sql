-- +goose Up
CREATE VIRTUAL TABLE areas USING rtree(id, min_x, max_x);
INSERT INTO areas VALUES (1, 0, 10), (2, 5, 15);
INSERT INTO ran VALUES (63, 'last');
