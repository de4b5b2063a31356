-- +goose Up
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email text NOT NULL,
  name text,
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO ran VALUES (2, 'last');
