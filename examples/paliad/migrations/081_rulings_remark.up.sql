ALTER TABLE paliad.rulings ADD COLUMN remark text;
