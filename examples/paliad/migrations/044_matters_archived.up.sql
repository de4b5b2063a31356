ALTER TABLE paliad.matters ADD COLUMN archived boolean NOT NULL DEFAULT false;
