DROP TABLE paliad.courts;
