ALTER TABLE paliad.rules DROP COLUMN archived;
