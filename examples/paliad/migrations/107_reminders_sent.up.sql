ALTER TABLE paliad.reminders ADD COLUMN sent_at timestamptz;
