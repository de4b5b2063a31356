-- name: AddUser :one
INSERT INTO core.users (email, display_name) VALUES (@email, @display_name)
RETURNING id;

-- name: AddSite :one
INSERT INTO fedwiki.sites (owner_id, domain) VALUES (@owner_id, @domain)
RETURNING id;

-- name: AddPayment :one
INSERT INTO core.payments (user_id, cents) VALUES (@user_id, @cents)
RETURNING id;

-- name: DeleteUser :execrows
DELETE FROM core.users WHERE id = @id;

-- name: ListUsers :many
SELECT u.id, u.email, u.display_name,
       (SELECT count(*) FROM fedwiki.sites s WHERE s.owner_id = u.id) AS sites,
       (SELECT count(*) FROM core.payments p WHERE p.user_id = u.id) AS payments
  FROM core.users u
 ORDER BY u.id;

-- The newest first.
-- name: PaymentsOf :many
SELECT * FROM core.payments WHERE user_id = @user_id
 ORDER BY paid_at DESC LIMIT @most;
