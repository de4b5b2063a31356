ALTER TABLE paliad.payments DROP COLUMN updated_by;
