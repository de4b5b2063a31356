-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (56, 'first');
-- +goose StatementBegin
CREATE TABLE pairs (l int, r int);
INSERT INTO pairs VALUES (1, 2);
INSERT INTO pairs VALUES (3, 4);
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY pairs_l ON pairs (l);
INSERT INTO ran VALUES (56, 'last');
