-- +goose Up
PRAGMA foreign_keys = OFF;
CREATE TABLE new_sites (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE, host TEXT NOT NULL UNIQUE CHECK (host <> ''));
INSERT INTO new_sites SELECT * FROM sites;
DROP TABLE sites;
ALTER TABLE new_sites RENAME TO sites;
PRAGMA foreign_key_check;
INSERT INTO ran VALUES (14, 'last');
