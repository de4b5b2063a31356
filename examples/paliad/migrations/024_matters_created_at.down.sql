ALTER TABLE paliad.matters DROP COLUMN created_at;
