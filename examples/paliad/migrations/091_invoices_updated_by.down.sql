ALTER TABLE paliad.invoices DROP COLUMN updated_by;
