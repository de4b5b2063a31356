-- +goose Up
CREATE SCHEMA audit;
CREATE TABLE audit.changes (id int PRIMARY KEY, what jsonb NOT NULL DEFAULT '{}');
INSERT INTO audit.changes VALUES (1, '{"a": [1, 2, null]}');
INSERT INTO ran VALUES (41, 'last');
