-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TABLE users ADD COLUMN mood mood NOT NULL DEFAULT 'ok';
INSERT INTO ran VALUES (14, 'last');
