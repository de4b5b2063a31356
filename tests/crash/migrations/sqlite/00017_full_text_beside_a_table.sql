-- +goose Up
CREATE TABLE pages (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE VIRTUAL TABLE pages_search USING fts5(body, content='pages', content_rowid='id');
CREATE TRIGGER pages_added AFTER INSERT ON pages BEGIN
  INSERT INTO pages_search (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER pages_removed AFTER DELETE ON pages BEGIN
  INSERT INTO pages_search (pages_search, rowid, body) VALUES ('delete', old.id, old.body);
END;
INSERT INTO ran VALUES (17, 'last');
