CREATE TABLE paliad.hearings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  held_on date
);
