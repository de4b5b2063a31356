-- name: Put :exec
INSERT INTO everything VALUES (@id, @truth, @plain, @real, @words, @bytes, @free, @maybe);

-- name: Get :one
SELECT * FROM everything WHERE id = ?;

-- name: ByIds :many
SELECT id FROM everything WHERE id IN (sqlc.slice(ids)) ORDER BY id;

-- name: ByWords :many
SELECT id FROM everything WHERE words IN (sqlc.slice(words)) ORDER BY id;

-- name: AddParts :copyfrom
INSERT INTO parts (id, whole_id, title) VALUES (?, ?, ?);

-- name: WithParts :many
SELECT sqlc.embed(everything), sqlc.embed(parts)
FROM everything LEFT JOIN parts ON parts.whole_id = everything.id
ORDER BY everything.id, parts.id;

-- name: AddWords :execlastid
INSERT INTO everything (truth, plain, real, words, bytes) VALUES (1, 2, 3.5, @words, x'00');

-- name: Count :one
SELECT count(*), max(maybe) FROM everything;

-- name: Plain :one
SELECT plain FROM everything WHERE id = @id;

-- name: EachId :stream
SELECT id FROM everything ORDER BY id;

-- name: TakeParts :stream
DELETE FROM parts WHERE title <> @except RETURNING id, title;

-- name: AddPart :one
INSERT INTO parts (id, whole_id, title) VALUES (@id, @whole_id, @title)
RETURNING id;

-- name: RenamePart :batchone
UPDATE parts SET title = @title WHERE id = @id RETURNING title;
