ALTER TABLE paliad.notes ADD COLUMN updated_by text;
