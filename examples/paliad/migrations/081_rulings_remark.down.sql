ALTER TABLE paliad.rulings DROP COLUMN remark;
