ALTER TABLE paliad.teams DROP COLUMN archived;
