ALTER TABLE paliad.invoices DROP COLUMN archived;
