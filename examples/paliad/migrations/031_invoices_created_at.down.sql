ALTER TABLE paliad.invoices DROP COLUMN created_at;
