CREATE TABLE paliad.rulings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hearing_id bigint,
  summary text
);
