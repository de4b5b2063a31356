ALTER TABLE paliad.invoices ADD COLUMN remark text;
