ALTER TABLE paliad.matters DROP COLUMN status;
