ALTER TABLE paliad.clients DROP COLUMN archived;
