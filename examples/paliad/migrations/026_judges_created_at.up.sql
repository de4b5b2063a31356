ALTER TABLE paliad.judges ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
