-- +goose Up
SELECT "ä", "a;
-- +goose Down
