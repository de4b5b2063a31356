ALTER TABLE paliad.tags DROP COLUMN archived;
