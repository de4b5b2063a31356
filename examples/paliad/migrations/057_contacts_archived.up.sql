ALTER TABLE paliad.contacts ADD COLUMN archived boolean NOT NULL DEFAULT false;
