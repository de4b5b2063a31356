ALTER TABLE paliad.documents DROP COLUMN created_at;
