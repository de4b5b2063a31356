-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (48, 'first');
CREATE VIEW alones AS SELECT id FROM alone;
CREATE TRIGGER alone_noted AFTER INSERT ON alone BEGIN
  INSERT INTO ran VALUES (0, 'alone ' || new.id);
END;
INSERT INTO alone VALUES (3);
CREATE VIRTUAL TABLE alone_search USING fts5(body);
WITH x(id) AS (SELECT 4) INSERT INTO alone SELECT id FROM x;
ANALYZE alone;
REINDEX alone_id;
INSERT INTO ran VALUES (48, 'last');
