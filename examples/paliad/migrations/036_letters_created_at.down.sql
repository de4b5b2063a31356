ALTER TABLE paliad.letters DROP COLUMN created_at;
