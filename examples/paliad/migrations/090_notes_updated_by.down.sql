ALTER TABLE paliad.notes DROP COLUMN updated_by;
