ALTER TABLE paliad.rules DROP COLUMN updated_by;
