-- +goose Up
CREATE TABLE words (id integer PRIMARY KEY, word text NOT NULL);
INSERT INTO words VALUES (1, 'godwit');
-- +goose Down
DROP TABLE words;
