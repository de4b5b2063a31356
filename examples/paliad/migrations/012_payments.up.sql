CREATE TABLE paliad.payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id bigint,
  cents bigint NOT NULL
);
