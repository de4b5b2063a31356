-- +goose Up
GRANT SELECT ON users TO PUBLIC;
REVOKE ALL ON audit.changes FROM PUBLIC;
INSERT INTO ran VALUES (51, 'last');
