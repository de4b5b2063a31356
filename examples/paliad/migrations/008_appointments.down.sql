DROP TABLE paliad.appointments;
