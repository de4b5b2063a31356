ALTER TABLE paliad.clients DROP COLUMN remark;
