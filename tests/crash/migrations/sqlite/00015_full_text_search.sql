-- +goose Up
CREATE VIRTUAL TABLE notes USING fts5(title, body);
INSERT INTO notes VALUES ('one', 'hello world'), ('two', 'hello again');
INSERT INTO ran VALUES (15, 'last');
