ALTER TABLE paliad.teams ADD COLUMN archived boolean NOT NULL DEFAULT false;
