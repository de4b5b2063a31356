ALTER TABLE paliad.hearings ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
