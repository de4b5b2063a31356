ALTER TABLE paliad.rules DROP COLUMN remark;
