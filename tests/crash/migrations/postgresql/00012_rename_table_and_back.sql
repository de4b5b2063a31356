-- +goose Up
ALTER TABLE sites RENAME TO places;
ALTER TABLE places RENAME TO sites;
INSERT INTO ran VALUES (12, 'last');
