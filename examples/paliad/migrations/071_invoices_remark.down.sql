ALTER TABLE paliad.invoices DROP COLUMN remark;
