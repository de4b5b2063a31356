ALTER TABLE paliad.teams DROP COLUMN remark;
