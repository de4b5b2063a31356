ALTER TABLE paliad.templates DROP COLUMN archived;
