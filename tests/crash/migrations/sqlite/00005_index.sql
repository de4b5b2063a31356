-- +goose Up
CREATE INDEX sites_owner ON sites (owner_id);
INSERT INTO ran VALUES (5, 'last');
