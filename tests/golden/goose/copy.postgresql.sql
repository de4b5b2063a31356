-- +goose Up
COPY hats (id, name) FROM stdin;
1	it's; a
-- +goose Down
\.
SELECT 1;
-- +goose Down
DELETE FROM hats;
