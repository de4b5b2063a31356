-- +goose Up
INSERT INTO users (id, email, name, created_at) VALUES
  (1, 'ada@example.org', 'Ada', '2024-01-01 00:00:00Z'),
  (2, 'bob@example.org', 'Bob', '2024-01-02 00:00:00Z'),
  (3, 'cyd@example.org', NULL, '2024-01-03 00:00:00Z');
INSERT INTO ran VALUES (3, 'last');
