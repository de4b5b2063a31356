ALTER TABLE paliad.matters DROP COLUMN archived;
