ALTER TABLE paliad.letters ADD COLUMN archived boolean NOT NULL DEFAULT false;
