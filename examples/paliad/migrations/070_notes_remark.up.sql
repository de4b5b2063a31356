ALTER TABLE paliad.notes ADD COLUMN remark text;
