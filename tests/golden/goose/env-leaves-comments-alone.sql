-- +goose Up
-- +goose ENVSUB ON
-- it costs $5
SELECT '${GW_A}';
-- ${GW_LINES}
