ALTER TABLE paliad.parties ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
