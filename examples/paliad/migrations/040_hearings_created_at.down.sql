ALTER TABLE paliad.hearings DROP COLUMN created_at;
