ALTER TABLE paliad.documents ADD COLUMN updated_by text;
