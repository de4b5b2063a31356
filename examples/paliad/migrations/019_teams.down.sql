DROP TABLE paliad.teams;
