ALTER TABLE paliad.holidays DROP COLUMN created_at;
