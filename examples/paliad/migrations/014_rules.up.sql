CREATE TABLE paliad.rules (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL,
  days int NOT NULL
);
