-- +goose Up
-- +goose Down
SELECT 1
-- done
