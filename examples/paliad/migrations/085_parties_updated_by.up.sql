ALTER TABLE paliad.parties ADD COLUMN updated_by text;
