-- +goose Up
CREATE SCHEMA identity;
CREATE TABLE identity.accounts (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    user_id    bigint NOT NULL UNIQUE REFERENCES core.users (id) ON DELETE CASCADE,
    login      text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP SCHEMA identity CASCADE;
