ALTER TABLE paliad.letters DROP COLUMN remark;
