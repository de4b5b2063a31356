ALTER TABLE paliad.templates ADD COLUMN archived boolean NOT NULL DEFAULT false;
