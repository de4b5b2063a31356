ALTER TABLE paliad.rules ADD COLUMN archived boolean NOT NULL DEFAULT false;
