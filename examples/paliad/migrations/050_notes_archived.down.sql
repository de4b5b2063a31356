ALTER TABLE paliad.notes DROP COLUMN archived;
