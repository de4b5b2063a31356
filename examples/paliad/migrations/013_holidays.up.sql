CREATE TABLE paliad.holidays (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL,
  region text
);
