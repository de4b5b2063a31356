ALTER TABLE paliad.deadlines DROP COLUMN archived;
