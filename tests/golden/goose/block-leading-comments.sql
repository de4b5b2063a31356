-- +goose Up
-- +goose StatementBegin

-- dropped
  -- dropped too
/* kept */
SELECT 1;
-- +goose StatementEnd
