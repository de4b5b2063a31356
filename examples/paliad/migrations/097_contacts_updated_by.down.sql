ALTER TABLE paliad.contacts DROP COLUMN updated_by;
