ALTER TABLE paliad.tags ADD COLUMN remark text;
