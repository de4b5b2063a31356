-- +goose Up
CREATE OR REPLACE VIEW owners AS SELECT u.id, u.email, count(s.id) AS sites, max(s.host) AS host FROM users u LEFT JOIN sites s ON s.owner_id = u.id GROUP BY u.id;
INSERT INTO ran VALUES (24, 'last');
