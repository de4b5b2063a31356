-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER t AFTER INSERT ON a
BEGIN SELECT 1;
-- +goose StatementEnd
