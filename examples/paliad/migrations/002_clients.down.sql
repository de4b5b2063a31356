DROP TABLE paliad.clients;
