DROP TABLE paliad.tags;
