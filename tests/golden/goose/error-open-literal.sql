-- +goose Up
SELECT 1;
SELECT 'a;
-- +goose Down
DROP TABLE hats;
