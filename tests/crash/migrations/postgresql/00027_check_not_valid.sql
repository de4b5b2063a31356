-- +goose Up
ALTER TABLE users ADD CONSTRAINT users_score CHECK (score > 0) NOT VALID;
INSERT INTO ran VALUES (27, 'last');
