ALTER TABLE paliad.parties ADD COLUMN archived boolean NOT NULL DEFAULT false;
