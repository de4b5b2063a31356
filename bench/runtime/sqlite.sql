CREATE TABLE items (
  id       INTEGER PRIMARY KEY,
  owner_id INTEGER NOT NULL,
  title    TEXT NOT NULL,
  price    REAL NOT NULL,
  note     TEXT
);
CREATE TABLE copies (
  id       INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  title    TEXT NOT NULL,
  price    REAL NOT NULL,
  note     TEXT
);
