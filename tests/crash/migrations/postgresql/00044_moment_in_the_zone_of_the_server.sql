-- +goose Up
INSERT INTO moments VALUES ('2024-06-01 12:00:00Z');
INSERT INTO ran VALUES (44, 'last');
