-- +goose Up
-- made with +goose by hand
  -- see +goose
-- +GOOSE is a bird
SELECT 1;
