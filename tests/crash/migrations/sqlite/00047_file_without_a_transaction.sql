-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (47, 'first');
CREATE TABLE alone (id INTEGER PRIMARY KEY);
INSERT INTO alone VALUES (1);
INSERT INTO alone VALUES (2);
CREATE INDEX alone_id ON alone (id);
INSERT INTO ran VALUES (47, 'last');
