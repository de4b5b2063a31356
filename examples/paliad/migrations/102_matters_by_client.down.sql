DROP INDEX paliad.matters_client;
