-- +goose Up
SELECT 1,
	-- +goose Down
2;
