CREATE TABLE paliad.reminders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  appointment_id bigint NOT NULL,
  remind_at timestamptz NOT NULL
);
