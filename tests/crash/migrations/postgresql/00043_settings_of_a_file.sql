-- +goose Up
SET LOCAL statement_timeout = '1min';
SET timezone = 'Europe/Paris';
CREATE TABLE moments (at timestamptz PRIMARY KEY);
INSERT INTO moments VALUES ('2024-06-01 12:00:00');
INSERT INTO ran VALUES (43, 'last');
