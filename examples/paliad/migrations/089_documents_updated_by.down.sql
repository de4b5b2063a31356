ALTER TABLE paliad.documents DROP COLUMN updated_by;
