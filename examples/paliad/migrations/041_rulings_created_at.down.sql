ALTER TABLE paliad.rulings DROP COLUMN created_at;
