ALTER TABLE paliad.templates DROP COLUMN remark;
