ALTER TABLE paliad.appointments ADD COLUMN archived boolean NOT NULL DEFAULT false;
