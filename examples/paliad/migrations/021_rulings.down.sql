DROP TABLE paliad.rulings;
