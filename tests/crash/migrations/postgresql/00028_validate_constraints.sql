-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (28, 'first');
ALTER TABLE users VALIDATE CONSTRAINT users_score;
ALTER TABLE sites ADD CONSTRAINT sites_host_filled CHECK (host <> '') NOT VALID;
ALTER TABLE sites VALIDATE CONSTRAINT sites_host_filled;
INSERT INTO ran VALUES (28, 'last');
