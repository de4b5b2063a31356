-- a
SET x = 1;
-- +goose Up
