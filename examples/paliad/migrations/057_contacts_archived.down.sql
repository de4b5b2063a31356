ALTER TABLE paliad.contacts DROP COLUMN archived;
