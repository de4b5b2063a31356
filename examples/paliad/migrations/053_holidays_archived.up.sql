ALTER TABLE paliad.holidays ADD COLUMN archived boolean NOT NULL DEFAULT false;
