-- name: OpenAccount :one
INSERT INTO billing.accounts (organization_id)
SELECT id FROM organization.organizations WHERE name = @organization_name
RETURNING *;

-- name: AddInvoice :one
INSERT INTO billing.invoices (account_id, cents) VALUES (@account_id, @cents)
RETURNING id;

-- Of all accounts of the organization; nothing where it has none.
-- name: BalanceOf :one
SELECT sum(a.balance_cents)::bigint AS cents
  FROM billing.accounts a
  JOIN organization.organizations o ON o.id = a.organization_id
 WHERE o.name = @organization_name;

-- name: OpenInvoices :many
SELECT sqlc.embed(invoices), accounts.organization_id
  FROM billing.invoices
  JOIN billing.accounts ON accounts.id = invoices.account_id
 WHERE invoices.paid_at IS NULL
 ORDER BY invoices.id;
