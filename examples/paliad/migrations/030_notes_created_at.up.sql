ALTER TABLE paliad.notes ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
