ALTER TABLE paliad.clients ADD COLUMN updated_by text;
