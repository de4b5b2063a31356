ALTER TABLE paliad.parties DROP COLUMN updated_by;
