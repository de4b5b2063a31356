ALTER TABLE paliad.notes DROP COLUMN remark;
