ALTER TABLE paliad.invoices ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
