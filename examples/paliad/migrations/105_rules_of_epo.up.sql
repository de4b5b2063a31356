INSERT INTO paliad.rules (code, days) VALUES ('R.43', 60), ('R.71', 120);
