ALTER TABLE paliad.deadlines DROP COLUMN created_at;
