ALTER TABLE paliad.contacts ADD COLUMN remark text;
