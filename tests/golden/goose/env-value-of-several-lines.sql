-- +goose Up
-- +goose ENVSUB ON
SELECT '${GW_LINES}';
SELECT 2;
