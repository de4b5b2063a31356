ALTER TABLE paliad.courts DROP COLUMN created_at;
