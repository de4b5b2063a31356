-- +goose Up
CREATE TABLE "a;
-- +goose Down
""b" ("it's;" int);
