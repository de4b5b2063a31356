-- +goose Up
CREATE TABLE users (
  id    INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE
);

-- +goose Down
DROP TABLE users;
