ALTER TABLE paliad.documents DROP COLUMN remark;
