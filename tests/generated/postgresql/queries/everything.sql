-- name: Put :exec
INSERT INTO everything VALUES (
  @id, @truth, @small, @plain, @part, @whole, @exact, @words, @code, @bytes,
  @day, @clock, @moment, @wall, @span, @name, @document, @state, @numbers,
  @texts, @states, @maybe, @maybe_text, @maybe_state, @maybe_list);

-- name: Get :one
SELECT * FROM everything WHERE id = $1;

-- name: ByIds :many
SELECT id FROM everything WHERE id IN (sqlc.slice(ids)) ORDER BY id;

-- name: NotByIds :many
SELECT id FROM everything WHERE id NOT IN (sqlc.slice(ids)) ORDER BY id;

-- name: ByState :many
SELECT id FROM everything WHERE state = @state ORDER BY id;

-- name: AddParts :copyfrom
INSERT INTO parts (id, whole_id, title) VALUES ($1, $2, $3);

-- name: RenamePart :batchone
UPDATE parts SET title = @title WHERE id = @id RETURNING title;

-- name: WithParts :many
SELECT sqlc.embed(e), sqlc.embed(p)
FROM everything e LEFT JOIN parts p ON p.whole_id = e.id ORDER BY e.id, p.id;

-- name: Count :one
SELECT count(*), max(maybe) FROM everything;

-- name: Filter :many
SELECT id FROM everything
WHERE sqlc.narg(words)::text IS NULL OR words = sqlc.narg(words) ORDER BY id;

-- name: Width :one
SELECT plain FROM everything WHERE id = @id;

-- name: Truths :many
SELECT truth FROM everything ORDER BY id;

-- name: Bits :one
SELECT ARRAY[true, false, truth] AS bits FROM everything WHERE id = $1;

-- name: PutMany :copyfrom
INSERT INTO everything VALUES (
  @id, @truth, @small, @plain, @part, @whole, @exact, @words, @code, @bytes,
  @day, @clock, @moment, @wall, @span, @name, @document, @state, @numbers,
  @texts, @states, @maybe, @maybe_text, @maybe_state, @maybe_list);

-- name: AddAddresses :copyfrom
INSERT INTO addresses (address, part_id) VALUES (@address, @part_id);

-- name: Addresses :many
SELECT address, part_id FROM addresses ORDER BY address;

-- name: EachNumber :stream
SELECT n, 10 / (n - @wrong) AS share FROM generate_series(1, @most::int) n;

-- name: EachId :stream
SELECT id FROM everything ORDER BY id;

-- name: TakeParts :stream
DELETE FROM parts RETURNING id, title;

-- name: TitlesOf :batchmany
SELECT title FROM parts WHERE whole_id = @whole_id ORDER BY id;

-- name: SetTitle :batchexec
UPDATE parts SET title = @title WHERE id = @id;
