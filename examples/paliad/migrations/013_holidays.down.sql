DROP TABLE paliad.holidays;
