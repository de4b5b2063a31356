ALTER TABLE paliad.deadlines DROP COLUMN remark;
