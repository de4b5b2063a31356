ALTER TABLE paliad.holidays DROP COLUMN updated_by;
