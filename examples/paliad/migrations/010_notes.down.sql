DROP TABLE paliad.notes;
