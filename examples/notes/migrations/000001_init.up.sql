CREATE TABLE notes (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL DEFAULT '',
  updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX notes_by_time ON notes (updated_at);

-- The full-text index keeps no copy of the texts; it reads them from notes.
CREATE VIRTUAL TABLE notes_text USING fts5 (title, body, content = 'notes', content_rowid = 'id');

-- What changes in notes changes in the index.
CREATE TRIGGER notes_text_insert AFTER INSERT ON notes BEGIN
  INSERT INTO notes_text (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER notes_text_delete AFTER DELETE ON notes BEGIN
  INSERT INTO notes_text (notes_text, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;

CREATE TRIGGER notes_text_update AFTER UPDATE ON notes BEGIN
  INSERT INTO notes_text (notes_text, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
  INSERT INTO notes_text (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
