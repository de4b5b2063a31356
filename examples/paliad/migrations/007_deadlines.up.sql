CREATE TABLE paliad.deadlines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  due_on date NOT NULL
);
