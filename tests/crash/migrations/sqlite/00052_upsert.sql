-- +goose Up
INSERT INTO codes VALUES ('a', 'again') ON CONFLICT (code) DO UPDATE SET label = excluded.label || '!';
INSERT INTO ran VALUES (52, 'last');
