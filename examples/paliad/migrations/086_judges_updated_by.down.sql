ALTER TABLE paliad.judges DROP COLUMN updated_by;
