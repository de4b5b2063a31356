-- +goose Up
PRAGMA foreign_keys = OFF;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, full_name TEXT, score INTEGER NOT NULL DEFAULT 5 CHECK (score >= 0));
INSERT INTO new_users SELECT id, email, full_name, score FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX users_email ON users (lower(email));
PRAGMA foreign_keys = ON;
INSERT INTO ran VALUES (12, 'last');
