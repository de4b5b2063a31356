-- +goose Up
SELECT 1;
-- +goose Down
-- +goose no transaction
SELECT 2;
