ALTER TABLE paliad.courts DROP COLUMN archived;
