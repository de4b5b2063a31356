ALTER TABLE paliad.tags DROP COLUMN updated_by;
