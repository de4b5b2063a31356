-- +goose Up
SELECT 1
-- +goose StatementBegin
+ 2;
SELECT 3;
-- +goose StatementEnd
