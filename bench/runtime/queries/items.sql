-- name: GetItem :one
SELECT id, owner_id, title, price, note FROM items WHERE id = @id;

-- name: ListItems :many
SELECT id, owner_id, title, price, note FROM items ORDER BY id;

-- name: AddItems :copyfrom
INSERT INTO copies (id, owner_id, title, price, note)
VALUES (@id, @owner_id, @title, @price, @note);
