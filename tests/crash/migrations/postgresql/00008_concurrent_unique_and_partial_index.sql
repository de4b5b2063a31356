-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (8, 'first');
CREATE UNIQUE INDEX CONCURRENTLY sites_host_lower ON sites (lower(host));
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_nameless ON users (id) WHERE name IS NULL;
INSERT INTO ran VALUES (8, 'last');
