DELETE FROM paliad.rules WHERE code IN ('R.43', 'R.71');
