ALTER TABLE paliad.appointments ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
