ALTER TABLE paliad.documents ADD COLUMN archived boolean NOT NULL DEFAULT false;
