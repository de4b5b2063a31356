CREATE TABLE paliad.contacts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id bigint,
  email text
);
