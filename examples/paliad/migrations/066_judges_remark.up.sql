ALTER TABLE paliad.judges ADD COLUMN remark text;
