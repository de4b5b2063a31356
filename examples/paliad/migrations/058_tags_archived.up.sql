ALTER TABLE paliad.tags ADD COLUMN archived boolean NOT NULL DEFAULT false;
