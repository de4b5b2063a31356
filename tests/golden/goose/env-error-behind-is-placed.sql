-- +goose Up
-- +goose ENVSUB ON
-- +goose ENVSUB OFF
-- +goose ENVSUB ON
SELECT '${GW_A}';
SELECT 'open;
