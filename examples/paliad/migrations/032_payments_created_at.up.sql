ALTER TABLE paliad.payments ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
