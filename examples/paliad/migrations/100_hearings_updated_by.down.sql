ALTER TABLE paliad.hearings DROP COLUMN updated_by;
