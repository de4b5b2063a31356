ALTER TABLE paliad.matters ADD COLUMN updated_by text;
