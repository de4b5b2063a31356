-- +goose Up
SELECT 1; /* a
-- +goose Down
