-- +goose Up
DROP INDEX many_v;
DROP TRIGGER alone_noted;
INSERT INTO ran VALUES (58, 'last');
