ALTER TABLE paliad.appointments ADD COLUMN remark text;
