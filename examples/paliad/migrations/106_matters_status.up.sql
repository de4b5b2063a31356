ALTER TABLE paliad.matters ADD COLUMN status text NOT NULL DEFAULT 'open';
