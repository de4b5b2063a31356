ALTER TABLE paliad.payments DROP COLUMN remark;
