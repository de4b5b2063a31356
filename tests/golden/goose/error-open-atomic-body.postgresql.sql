-- +goose Up
CREATE FUNCTION f() RETURNS int
  BEGIN ATOMIC SELECT 1;
-- +goose Down
