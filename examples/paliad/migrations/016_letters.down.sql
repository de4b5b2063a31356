DROP TABLE paliad.letters;
