ALTER TABLE paliad.courts ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
