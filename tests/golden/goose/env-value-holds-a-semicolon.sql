-- +goose Up
-- +goose ENVSUB ON
SELECT '${GW_NONE:-a;b}';
