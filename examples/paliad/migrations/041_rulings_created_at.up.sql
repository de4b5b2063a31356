ALTER TABLE paliad.rulings ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
