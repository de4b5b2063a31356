-- +goose Up
INSERT INTO pages VALUES (1, 'first page'), (2, 'second page'), (3, 'third page');
DELETE FROM pages WHERE id = 2;
INSERT INTO ran VALUES (18, 'last');
