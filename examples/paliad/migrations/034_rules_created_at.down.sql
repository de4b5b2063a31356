ALTER TABLE paliad.rules DROP COLUMN created_at;
