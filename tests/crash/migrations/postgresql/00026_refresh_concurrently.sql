-- +goose Up
INSERT INTO sites VALUES (30, 3, 'c.example.org');
REFRESH MATERIALIZED VIEW CONCURRENTLY hosts;
INSERT INTO ran VALUES (26, 'last');
