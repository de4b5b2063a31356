-- +goose Up
COPY hats FROM stdin; SELECT 1;
