-- +goose Up
CREATE SCHEMA audit;
CREATE TABLE audit.events (
    id     uuid PRIMARY KEY DEFAULT uuidv7(),
    at     timestamptz NOT NULL DEFAULT now(),
    actor  text NOT NULL DEFAULT current_user,
    action text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX events_detail_idx ON audit.events USING gin (detail);

-- +goose Down
DROP SCHEMA audit CASCADE;
