CREATE TABLE paliad.matters (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  client_id bigint
);
