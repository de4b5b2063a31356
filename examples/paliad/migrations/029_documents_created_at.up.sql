ALTER TABLE paliad.documents ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
