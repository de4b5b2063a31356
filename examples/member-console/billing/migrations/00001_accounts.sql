-- +goose Up
CREATE SCHEMA billing;
CREATE TABLE billing.accounts (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization.organizations (id),
    balance_cents   bigint NOT NULL DEFAULT 0
);
CREATE TABLE billing.invoices (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id uuid NOT NULL REFERENCES billing.accounts (id),
    cents      bigint NOT NULL CHECK (cents > 0),
    paid_at    timestamptz
);

-- +goose Down
DROP SCHEMA billing CASCADE;
