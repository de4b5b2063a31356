ALTER TABLE paliad.deadlines DROP COLUMN updated_by;
