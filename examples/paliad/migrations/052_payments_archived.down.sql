ALTER TABLE paliad.payments DROP COLUMN archived;
