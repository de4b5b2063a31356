ALTER TABLE paliad.matters DROP COLUMN remark;
