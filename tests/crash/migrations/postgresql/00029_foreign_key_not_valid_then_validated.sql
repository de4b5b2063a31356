-- +goose Up
ALTER TABLE users ADD COLUMN invited_by bigint;
ALTER TABLE users ADD CONSTRAINT users_invited FOREIGN KEY (invited_by) REFERENCES users (id) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT users_invited;
INSERT INTO ran VALUES (29, 'last');
