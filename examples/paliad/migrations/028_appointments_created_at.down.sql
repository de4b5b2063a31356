ALTER TABLE paliad.appointments DROP COLUMN created_at;
