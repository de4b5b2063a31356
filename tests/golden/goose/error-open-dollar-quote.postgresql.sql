-- +goose Up
DO $x$ BEGIN END $y$;
-- +goose Down
