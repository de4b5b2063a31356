CREATE TABLE paliad.documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  title text NOT NULL
);
