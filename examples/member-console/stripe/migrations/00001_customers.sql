-- +goose Up
CREATE SCHEMA stripe;
CREATE TABLE stripe.customers (
    id         text PRIMARY KEY CHECK (id LIKE 'cus_%'),
    account_id uuid NOT NULL UNIQUE REFERENCES billing.accounts (id)
);

-- +goose Down
DROP SCHEMA stripe CASCADE;
