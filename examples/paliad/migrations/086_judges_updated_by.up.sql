ALTER TABLE paliad.judges ADD COLUMN updated_by text;
