-- +goose Up
-- +goose StatementBegin
SELECT 1;

-- two
SELECT 2;
-- done
-- +goose StatementEnd
SELECT 3;
