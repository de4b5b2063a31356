ALTER TABLE paliad.letters DROP COLUMN archived;
