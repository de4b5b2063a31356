-- +goose Up
DELETE FROM many WHERE id > 100;
INSERT INTO ran VALUES (61, 'last');
