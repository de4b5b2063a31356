ALTER TABLE paliad.contacts ADD COLUMN updated_by text;
