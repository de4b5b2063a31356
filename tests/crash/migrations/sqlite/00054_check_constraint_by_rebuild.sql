-- +goose Up
CREATE TABLE new_boxes (w INTEGER CHECK (w > 0), h INTEGER, area INTEGER GENERATED ALWAYS AS (w * h) STORED);
INSERT INTO new_boxes (w, h) SELECT w, h FROM boxes;
DROP TABLE boxes;
ALTER TABLE new_boxes RENAME TO boxes;
INSERT INTO ran VALUES (54, 'last');
