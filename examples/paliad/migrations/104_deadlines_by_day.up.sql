CREATE INDEX deadlines_due ON paliad.deadlines (due_on);
