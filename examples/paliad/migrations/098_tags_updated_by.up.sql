ALTER TABLE paliad.tags ADD COLUMN updated_by text;
