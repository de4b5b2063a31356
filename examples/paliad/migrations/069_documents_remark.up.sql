ALTER TABLE paliad.documents ADD COLUMN remark text;
