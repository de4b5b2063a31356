DROP TABLE paliad.deadlines;
