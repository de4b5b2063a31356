ALTER TABLE paliad.hearings DROP COLUMN remark;
