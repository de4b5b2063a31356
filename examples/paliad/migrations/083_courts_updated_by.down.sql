ALTER TABLE paliad.courts DROP COLUMN updated_by;
