ALTER TABLE paliad.matters ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
