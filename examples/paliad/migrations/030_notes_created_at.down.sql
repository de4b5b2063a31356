ALTER TABLE paliad.notes DROP COLUMN created_at;
