-- +goose Up
CREATE TABLE notes (id integer PRIMARY KEY, title text NOT NULL);
-- +goose Down
DROP TABLE notes;
