ALTER TABLE paliad.hearings ADD COLUMN remark text;
