ALTER TABLE paliad.appointments ADD COLUMN updated_by text;
