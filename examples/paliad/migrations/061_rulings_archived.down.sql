ALTER TABLE paliad.rulings DROP COLUMN archived;
