-- +goose Up
CREATE SCHEMA cooperative;
CREATE TABLE cooperative.shares (
    account_id uuid PRIMARY KEY REFERENCES identity.accounts (id),
    count      integer NOT NULL CHECK (count BETWEEN 1 AND 100),
    bought_at  date NOT NULL DEFAULT CURRENT_DATE
);
CREATE VIEW cooperative.capital AS
    SELECT coalesce(sum(count), 0) * 50 AS euros FROM cooperative.shares;

-- +goose Down
DROP SCHEMA cooperative CASCADE;
