-- +goose Up
CREATE TABLE many (id int PRIMARY KEY, v int NOT NULL);
INSERT INTO many SELECT i, 0 FROM generate_series(1, 500) i;
UPDATE many SET v = v + 1;
INSERT INTO ran VALUES (61, 'last');
