-- +goose Up
/* a /* b; */
SELECT 1;
