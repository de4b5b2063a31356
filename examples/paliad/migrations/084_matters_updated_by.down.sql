ALTER TABLE paliad.matters DROP COLUMN updated_by;
