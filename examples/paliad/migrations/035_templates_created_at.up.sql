ALTER TABLE paliad.templates ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
