ALTER TABLE paliad.hearings ADD COLUMN archived boolean NOT NULL DEFAULT false;
