DROP TABLE paliad.hearings;
