-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (55, 'first');
-- look: SELECT EXISTS (SELECT FROM events WHERE id = 301)
CALL fill(1);
INSERT INTO ran VALUES (55, 'last');
