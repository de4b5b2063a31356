ALTER TABLE paliad.judges DROP COLUMN created_at;
