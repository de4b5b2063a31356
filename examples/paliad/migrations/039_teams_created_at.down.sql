ALTER TABLE paliad.teams DROP COLUMN created_at;
