ALTER TABLE paliad.parties DROP COLUMN archived;
