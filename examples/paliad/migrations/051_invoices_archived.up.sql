ALTER TABLE paliad.invoices ADD COLUMN archived boolean NOT NULL DEFAULT false;
