ALTER TABLE paliad.payments ADD COLUMN archived boolean NOT NULL DEFAULT false;
