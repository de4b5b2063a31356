-- +goose Up
SELECT '${GW_A}';
-- +goose ENVSUB ON
SELECT '$GW_A', '${GW_NONE}', '${GW_NONE:-b}', '${GW_EMPTY-c}', '$$5';
-- +goose ENVSUB OFF
SELECT '${GW_A}';
-- +goose Down
-- +goose ENVSUB ON
SELECT '${GW_A:1:2}';
