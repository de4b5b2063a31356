ALTER TABLE paliad.deadlines ADD COLUMN archived boolean NOT NULL DEFAULT false;
