ALTER TABLE paliad.rules ADD COLUMN remark text;
