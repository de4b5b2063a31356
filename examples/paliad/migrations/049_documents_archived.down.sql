ALTER TABLE paliad.documents DROP COLUMN archived;
