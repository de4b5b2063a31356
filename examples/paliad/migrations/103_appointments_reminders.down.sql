DROP TABLE paliad.reminders;
