ALTER TABLE paliad.templates ADD COLUMN remark text;
