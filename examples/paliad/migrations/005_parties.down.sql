DROP TABLE paliad.parties;
