ALTER TABLE paliad.templates DROP COLUMN created_at;
