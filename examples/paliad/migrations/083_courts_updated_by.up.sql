ALTER TABLE paliad.courts ADD COLUMN updated_by text;
