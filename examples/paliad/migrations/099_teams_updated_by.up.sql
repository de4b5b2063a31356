ALTER TABLE paliad.teams ADD COLUMN updated_by text;
