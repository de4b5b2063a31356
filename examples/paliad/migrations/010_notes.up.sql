CREATE TABLE paliad.notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  body text NOT NULL
);
