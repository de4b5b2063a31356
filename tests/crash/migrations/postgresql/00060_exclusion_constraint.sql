-- +goose Up
CREATE TABLE stays (room int, during int4range, EXCLUDE USING gist (during WITH &&));
INSERT INTO stays VALUES (1, '[1,5)');
INSERT INTO ran VALUES (60, 'last');
