DROP TABLE paliad.contacts;
