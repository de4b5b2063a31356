-- +goose Up
INSERT INTO users VALUES (1, 'ada@example.org', 'Ada'), (2, 'bob@example.org', 'Bob'), (3, 'cyd@example.org', NULL);
INSERT INTO ran VALUES (3, 'last');
