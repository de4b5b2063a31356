-- +goose Up
CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  owner_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  host TEXT NOT NULL UNIQUE
);
INSERT INTO sites VALUES (10, 1, 'a.example.org'), (20, 2, 'b.example.org');
INSERT INTO ran VALUES (4, 'last');
