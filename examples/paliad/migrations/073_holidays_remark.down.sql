ALTER TABLE paliad.holidays DROP COLUMN remark;
