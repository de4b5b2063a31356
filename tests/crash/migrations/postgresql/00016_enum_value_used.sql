-- +goose Up
UPDATE users SET mood = 'elated' WHERE id = 1;
INSERT INTO ran VALUES (16, 'last');
