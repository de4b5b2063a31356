-- +goose Up
SELECT 0;
-- +goose StatementBegin
SELECT 1;
