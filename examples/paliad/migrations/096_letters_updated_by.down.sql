ALTER TABLE paliad.letters DROP COLUMN updated_by;
