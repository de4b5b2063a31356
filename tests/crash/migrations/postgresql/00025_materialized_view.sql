-- +goose Up
CREATE MATERIALIZED VIEW hosts AS SELECT id, host FROM sites;
CREATE UNIQUE INDEX hosts_id ON hosts (id);
INSERT INTO ran VALUES (25, 'last');
