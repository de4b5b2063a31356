ALTER TABLE paliad.notes ADD COLUMN archived boolean NOT NULL DEFAULT false;
