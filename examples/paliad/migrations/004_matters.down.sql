DROP TABLE paliad.matters;
