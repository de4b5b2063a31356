ALTER TABLE paliad.rulings DROP COLUMN updated_by;
