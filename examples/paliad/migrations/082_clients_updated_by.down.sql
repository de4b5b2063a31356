ALTER TABLE paliad.clients DROP COLUMN updated_by;
