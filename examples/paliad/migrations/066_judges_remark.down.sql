ALTER TABLE paliad.judges DROP COLUMN remark;
