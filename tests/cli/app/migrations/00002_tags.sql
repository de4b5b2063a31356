-- +goose Up
CREATE TABLE tags (id integer PRIMARY KEY, word text NOT NULL);
INSERT INTO tags VALUES (1, 'first');
-- +goose Down
DROP TABLE tags;
