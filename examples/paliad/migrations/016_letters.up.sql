CREATE TABLE paliad.letters (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  sent_on date
);
