ALTER TABLE paliad.matters ADD COLUMN remark text;
