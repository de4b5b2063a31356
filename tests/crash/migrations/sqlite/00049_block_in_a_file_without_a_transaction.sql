-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (49, 'first');
-- +goose StatementBegin
CREATE TABLE pairs (l INTEGER, r INTEGER);
INSERT INTO pairs VALUES (1, 2);
INSERT INTO pairs VALUES (3, 4);
-- +goose StatementEnd
VACUUM;
INSERT INTO ran VALUES (49, 'last');
