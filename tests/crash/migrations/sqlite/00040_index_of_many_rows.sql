-- +goose Up
CREATE INDEX many_v ON many (v, id);
INSERT INTO ran VALUES (40, 'last');
