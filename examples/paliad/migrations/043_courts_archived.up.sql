ALTER TABLE paliad.courts ADD COLUMN archived boolean NOT NULL DEFAULT false;
