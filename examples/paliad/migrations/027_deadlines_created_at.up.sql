ALTER TABLE paliad.deadlines ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
