ALTER TABLE paliad.deadlines ADD COLUMN remark text;
