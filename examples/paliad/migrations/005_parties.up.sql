CREATE TABLE paliad.parties (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  name text NOT NULL
);
