-- +goose Up
/* a /* b; */
-- +goose Down
*/ SELECT 1;
