ALTER TABLE paliad.hearings DROP COLUMN archived;
