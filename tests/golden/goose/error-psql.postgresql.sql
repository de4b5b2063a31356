-- +goose Up
SELECT 1;
\connect app
