-- name: CreateUser :one
INSERT INTO users (email, name) VALUES ($1, $2) RETURNING id;

-- name: RenameUser :execrows
UPDATE users SET name = $2 WHERE id = $1;

-- name: FindUser :one
SELECT * FROM users WHERE email = $1;

-- name: CreateProvider :one
INSERT INTO providers (kind, name, base_url) VALUES ($1, $2, $3) RETURNING id;

-- name: RecordRequest :one
INSERT INTO requests (at, user_id, provider_id, model, input_tokens, output_tokens)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: AddUsage :exec
INSERT INTO usage (user_id, month, requests, tokens)
VALUES (sqlc.arg(user_id), date_trunc('month', sqlc.arg(at)::timestamptz AT TIME ZONE 'UTC')::date, 1, sqlc.arg(tokens))
ON CONFLICT (user_id, month) DO UPDATE
SET requests = usage.requests + 1, tokens = usage.tokens + excluded.tokens;

-- name: UsageOf :many
SELECT u.name, g.month, g.requests, g.tokens
FROM usage g JOIN users u ON u.id = g.user_id
WHERE u.email = $1
ORDER BY g.month;
