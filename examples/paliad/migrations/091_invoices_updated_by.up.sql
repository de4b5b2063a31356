ALTER TABLE paliad.invoices ADD COLUMN updated_by text;
