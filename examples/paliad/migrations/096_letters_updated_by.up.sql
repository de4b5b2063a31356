ALTER TABLE paliad.letters ADD COLUMN updated_by text;
