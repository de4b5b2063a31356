-- +goose Up
ALTER INDEX sites_owner RENAME TO sites_by_owner;
ALTER TABLE sites RENAME CONSTRAINT sites_host_key TO sites_host_unique;
INSERT INTO ran VALUES (13, 'last');
