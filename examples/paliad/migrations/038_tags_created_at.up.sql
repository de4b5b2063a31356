ALTER TABLE paliad.tags ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
