ALTER TABLE paliad.tags DROP COLUMN created_at;
