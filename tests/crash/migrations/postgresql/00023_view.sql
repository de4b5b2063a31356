-- +goose Up
CREATE VIEW owners AS SELECT u.id, u.email, count(s.id) AS sites FROM users u LEFT JOIN sites s ON s.owner_id = u.id GROUP BY u.id;
INSERT INTO ran VALUES (23, 'last');
