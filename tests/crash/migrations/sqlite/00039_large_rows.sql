-- +goose Up
CREATE TABLE files (name TEXT PRIMARY KEY, body BLOB NOT NULL);
INSERT INTO files VALUES ('zeros', zeroblob(20000)), ('text', replace(hex(zeroblob(3000)), '00', 'abc'));
INSERT INTO ran VALUES (39, 'last');
