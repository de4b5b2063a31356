ALTER TABLE paliad.rules ADD COLUMN updated_by text;
