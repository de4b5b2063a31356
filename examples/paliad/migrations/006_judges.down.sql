DROP TABLE paliad.judges;
