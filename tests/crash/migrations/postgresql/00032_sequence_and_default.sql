-- +goose Up
CREATE SEQUENCE numbers START 1000;
ALTER TABLE codes ADD COLUMN number bigint;
ALTER TABLE codes ALTER COLUMN number SET DEFAULT nextval('numbers');
INSERT INTO ran VALUES (32, 'last');
