-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (51, 'first');
PRAGMA foreign_keys = OFF;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, full_name TEXT, score INTEGER NOT NULL DEFAULT 5);
INSERT INTO new_users SELECT id, email, full_name, score FROM users;
DROP VIEW owners;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA foreign_keys = ON;
INSERT INTO ran VALUES (51, 'last');
