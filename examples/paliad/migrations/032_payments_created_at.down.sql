ALTER TABLE paliad.payments DROP COLUMN created_at;
