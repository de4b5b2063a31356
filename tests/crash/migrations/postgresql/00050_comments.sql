-- +goose Up
COMMENT ON TABLE users IS 'who can log in; ''quoted''';
COMMENT ON COLUMN users.email IS 'unique without case';
INSERT INTO ran VALUES (50, 'last');
