ALTER TABLE paliad.appointments DROP COLUMN remark;
