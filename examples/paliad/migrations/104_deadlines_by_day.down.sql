DROP INDEX paliad.deadlines_due;
