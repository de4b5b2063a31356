-- +goose Up
CREATE TABLE codes (code TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO codes VALUES ('a', 'first'), ('b', 'second');
INSERT INTO ran VALUES (30, 'last');
