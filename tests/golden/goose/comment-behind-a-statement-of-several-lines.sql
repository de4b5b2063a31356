-- +goose Up
SELECT 1,
 2; SELECT 3; -- ends
SELECT 4;
