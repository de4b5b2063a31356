DROP TABLE paliad.templates;
