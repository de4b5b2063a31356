-- +goose Up
SELECT 1; -- one
SELECT 2;   --two
SELECT 3;--three
SELECT 4; SELECT 5; -- both
SELECT 6; SELECT 7;
