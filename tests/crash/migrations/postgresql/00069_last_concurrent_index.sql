-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (69, 'first');
INSERT INTO many VALUES (501, 7);
CREATE INDEX CONCURRENTLY many_v ON many (v);
UPDATE many SET v = 2 WHERE id = 1;
INSERT INTO ran VALUES (69, 'last');
