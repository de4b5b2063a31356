CREATE TABLE paliad.appointments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint,
  starts_at timestamptz NOT NULL
);
