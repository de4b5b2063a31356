ALTER TABLE paliad.payments ADD COLUMN updated_by text;
