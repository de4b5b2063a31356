ALTER TABLE paliad.judges DROP COLUMN archived;
