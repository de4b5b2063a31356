DROP TABLE paliad.payments;
