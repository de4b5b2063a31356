ALTER TABLE paliad.holidays DROP COLUMN archived;
