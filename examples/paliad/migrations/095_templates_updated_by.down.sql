ALTER TABLE paliad.templates DROP COLUMN updated_by;
