ALTER TABLE paliad.payments ADD COLUMN remark text;
