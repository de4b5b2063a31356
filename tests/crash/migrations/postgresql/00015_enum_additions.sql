-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (15, 'first');
ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'glum' BEFORE 'sad';
ALTER TYPE mood ADD VALUE 'elated';
INSERT INTO ran VALUES (15, 'last');
