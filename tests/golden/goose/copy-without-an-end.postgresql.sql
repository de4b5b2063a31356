-- +goose Up
COPY hats FROM stdin;
1
-- +goose Down
DELETE FROM hats;
