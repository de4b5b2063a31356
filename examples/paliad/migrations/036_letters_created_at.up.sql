ALTER TABLE paliad.letters ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
