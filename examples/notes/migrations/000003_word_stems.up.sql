-- Searching for "walk" finds "walking". A tokenizer cannot be changed, so the
-- index is made again and filled from notes; the triggers stay.
DROP TABLE notes_text;
CREATE VIRTUAL TABLE notes_text USING fts5 (
  title, body, content = 'notes', content_rowid = 'id', tokenize = 'porter unicode61'
);
INSERT INTO notes_text (notes_text) VALUES ('rebuild');
