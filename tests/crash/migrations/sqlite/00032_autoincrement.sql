-- +goose Up
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL);
INSERT INTO events (what) VALUES ('one'), ('two');
DELETE FROM events WHERE what = 'two';
INSERT INTO ran VALUES (32, 'last');
