-- +goose Up
SAVEPOINT one;
INSERT INTO events (what) VALUES ('kept');
SAVEPOINT two;
INSERT INTO events (what) VALUES ('not kept');
ROLLBACK TO two;
RELEASE one;
INSERT INTO ran VALUES (45, 'last');
