-- +goose Up
SET search_path = audit;
CREATE TABLE kinds (kind text PRIMARY KEY);
INSERT INTO kinds VALUES ('x');
SET search_path = public;
INSERT INTO ran VALUES (42, 'last');
