ALTER TABLE paliad.appointments DROP COLUMN updated_by;
