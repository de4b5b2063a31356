-- +goose Up
SELECT E'it\'s;
-- +goose Down
';
SELECT E'a'
'\';
';
