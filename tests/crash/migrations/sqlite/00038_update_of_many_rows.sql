-- +goose Up
UPDATE many SET v = v + 1;
INSERT INTO ran VALUES (38, 'last');
