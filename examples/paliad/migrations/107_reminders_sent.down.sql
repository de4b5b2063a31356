ALTER TABLE paliad.reminders DROP COLUMN sent_at;
