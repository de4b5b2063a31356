-- +goose Up
UPDATE notes SET body = 'good bye' WHERE title = 'two';
INSERT INTO notes (notes) VALUES ('optimize');
INSERT INTO ran VALUES (16, 'last');
