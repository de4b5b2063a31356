ALTER TABLE paliad.rules ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
