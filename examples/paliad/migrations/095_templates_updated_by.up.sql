ALTER TABLE paliad.templates ADD COLUMN updated_by text;
