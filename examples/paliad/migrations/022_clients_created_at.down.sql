ALTER TABLE paliad.clients DROP COLUMN created_at;
