DROP TABLE notes_text;
CREATE VIRTUAL TABLE notes_text USING fts5 (title, body, content = 'notes', content_rowid = 'id');
INSERT INTO notes_text (notes_text) VALUES ('rebuild');
