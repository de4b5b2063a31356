ALTER TABLE paliad.contacts DROP COLUMN created_at;
