ALTER TABLE paliad.courts DROP COLUMN remark;
