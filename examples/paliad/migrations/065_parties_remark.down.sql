ALTER TABLE paliad.parties DROP COLUMN remark;
