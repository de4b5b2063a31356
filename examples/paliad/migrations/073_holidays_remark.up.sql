ALTER TABLE paliad.holidays ADD COLUMN remark text;
