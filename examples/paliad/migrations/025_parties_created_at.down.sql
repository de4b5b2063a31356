ALTER TABLE paliad.parties DROP COLUMN created_at;
