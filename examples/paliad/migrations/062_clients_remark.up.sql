ALTER TABLE paliad.clients ADD COLUMN remark text;
