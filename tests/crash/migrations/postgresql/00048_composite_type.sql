-- +goose Up
CREATE TYPE place AS (x int, y int);
ALTER TABLE events ADD COLUMN at_place place;
UPDATE events SET at_place = ROW(1, 2)::place;
INSERT INTO ran VALUES (48, 'last');
