ALTER TABLE paliad.letters ADD COLUMN remark text;
