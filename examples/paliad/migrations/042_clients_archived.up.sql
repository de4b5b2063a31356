ALTER TABLE paliad.clients ADD COLUMN archived boolean NOT NULL DEFAULT false;
