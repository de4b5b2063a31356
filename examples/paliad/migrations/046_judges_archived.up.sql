ALTER TABLE paliad.judges ADD COLUMN archived boolean NOT NULL DEFAULT false;
