DROP TABLE paliad.invoices;
