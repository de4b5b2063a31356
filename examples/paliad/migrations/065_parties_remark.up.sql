ALTER TABLE paliad.parties ADD COLUMN remark text;
