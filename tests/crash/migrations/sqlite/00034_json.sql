-- +goose Up
CREATE TABLE documents (id INTEGER PRIMARY KEY, body TEXT NOT NULL CHECK (json_valid(body)));
INSERT INTO documents VALUES (1, '{"a": [1, 2, null]}');
CREATE INDEX documents_a ON documents (json_extract(body, '$.a'));
INSERT INTO ran VALUES (34, 'last');
