ALTER TABLE paliad.teams DROP COLUMN updated_by;
