-- +goose Up
SELECT '
-- +goose ENVSUB ON
${GW_A}';
