ALTER TABLE paliad.contacts DROP COLUMN remark;
