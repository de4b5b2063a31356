CREATE TABLE everything (
  id    INTEGER PRIMARY KEY,
  truth BOOLEAN NOT NULL,
  plain INTEGER NOT NULL,
  real  REAL NOT NULL,
  words TEXT NOT NULL,
  bytes BLOB NOT NULL,
  free  ANY,
  maybe INTEGER
);
CREATE TABLE parts (
  id       INTEGER PRIMARY KEY,
  whole_id INTEGER NOT NULL REFERENCES everything (id),
  title    TEXT NOT NULL
);
