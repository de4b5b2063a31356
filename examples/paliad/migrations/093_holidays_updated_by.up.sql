ALTER TABLE paliad.holidays ADD COLUMN updated_by text;
