-- +goose Up
DELETE FROM users WHERE id = 2;
INSERT INTO ran VALUES (62, 'last');
