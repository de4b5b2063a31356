ALTER TABLE paliad.appointments DROP COLUMN archived;
