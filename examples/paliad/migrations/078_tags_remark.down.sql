ALTER TABLE paliad.tags DROP COLUMN remark;
