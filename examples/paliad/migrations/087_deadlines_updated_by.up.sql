ALTER TABLE paliad.deadlines ADD COLUMN updated_by text;
