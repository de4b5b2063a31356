-- +goose Up
CREATE SCHEMA integration;
CREATE TABLE integration.webhooks (
    id     uuid PRIMARY KEY DEFAULT uuidv7(),
    url    text NOT NULL CHECK (url LIKE 'https://%'),
    events text[] NOT NULL DEFAULT '{}'
);

-- +goose Down
DROP SCHEMA integration CASCADE;
