ALTER TABLE paliad.teams ADD COLUMN remark text;
