ALTER TABLE paliad.teams ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
