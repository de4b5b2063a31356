SET x = 1
-- +goose Up
SELECT 1;
