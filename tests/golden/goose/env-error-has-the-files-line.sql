-- +goose Up
-- +goose ENVSUB ON
SELECT 1;

SELECT '${GW_NONE?set it}';
