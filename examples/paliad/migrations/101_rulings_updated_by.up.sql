ALTER TABLE paliad.rulings ADD COLUMN updated_by text;
