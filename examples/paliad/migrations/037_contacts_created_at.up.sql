ALTER TABLE paliad.contacts ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
