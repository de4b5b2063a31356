-- +goose Up
CREATE TEMP TABLE scratch AS SELECT id FROM users;
CREATE TABLE user_ids AS SELECT id FROM scratch;
INSERT INTO ran VALUES (44, 'last');
