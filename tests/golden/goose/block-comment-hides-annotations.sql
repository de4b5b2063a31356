-- +goose Up
/*
-- +goose Down
-- +goose Nonsense
*/
SELECT 1;
