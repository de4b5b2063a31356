ALTER TABLE paliad.clients ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
