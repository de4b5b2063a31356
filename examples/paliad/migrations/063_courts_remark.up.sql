ALTER TABLE paliad.courts ADD COLUMN remark text;
