ALTER TABLE paliad.rulings ADD COLUMN archived boolean NOT NULL DEFAULT false;
