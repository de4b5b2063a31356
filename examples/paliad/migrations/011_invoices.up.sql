CREATE TABLE paliad.invoices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id bigint,
  total_cents bigint NOT NULL
);
