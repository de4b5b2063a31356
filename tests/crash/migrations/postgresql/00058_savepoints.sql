-- +goose Up
SAVEPOINT one;
INSERT INTO events (id, what) VALUES (400, 'kept');
SAVEPOINT two;
INSERT INTO events (id, what) VALUES (401, 'not kept');
ROLLBACK TO SAVEPOINT two;
RELEASE SAVEPOINT one;
INSERT INTO ran VALUES (58, 'last');
