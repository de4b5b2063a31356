DROP TABLE paliad.documents;
