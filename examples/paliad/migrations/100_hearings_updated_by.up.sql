ALTER TABLE paliad.hearings ADD COLUMN updated_by text;
