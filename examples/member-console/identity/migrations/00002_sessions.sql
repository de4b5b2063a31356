-- +goose Up
CREATE TABLE identity.sessions (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES identity.accounts (id) ON DELETE CASCADE,
    ends_at    timestamptz NOT NULL
);
CREATE INDEX sessions_ends_at_idx ON identity.sessions (ends_at);

-- +goose Down
DROP TABLE identity.sessions;
