ALTER TABLE paliad.holidays ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
