-- +goose Up
UPDATE codes SET label = e.what FROM events e WHERE codes.code = 'b' AND e.id = 1;
INSERT INTO ran VALUES (53, 'last');
