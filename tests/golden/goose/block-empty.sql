-- +goose Up
-- +goose StatementBegin
-- +goose StatementEnd
SELECT 1;
-- +goose StatementBegin
-- nothing
;
-- +goose StatementEnd
SELECT 2;
