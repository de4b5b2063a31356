-- name: AddNote :one
INSERT INTO notes (title, body) VALUES (@title, @body) RETURNING id;

-- Nothing where the note has the tag.
-- name: AddTag :exec
INSERT OR IGNORE INTO tags (note_id, tag) VALUES (@note_id, @tag);

-- name: EditNote :execrows
UPDATE notes SET title = @title, body = @body, updated_at = CURRENT_TIMESTAMP
 WHERE id = @id;

-- name: DeleteNote :execrows
DELETE FROM notes WHERE id = @id;

-- The newest first.
-- name: ListNotes :many
SELECT id, title, body,
       coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '') AS tags
  FROM notes
 ORDER BY updated_at DESC, id DESC;

-- The best first; `words` is in the query language of FTS5.
-- name: SearchNotes :many
SELECT id, notes.title, notes.body,
       coalesce((SELECT group_concat(tag, ', ') FROM tags WHERE note_id = id), '') AS tags
  FROM notes_text
  JOIN notes ON id = notes_text.rowid
 WHERE notes_text MATCH @words
 ORDER BY rank;
