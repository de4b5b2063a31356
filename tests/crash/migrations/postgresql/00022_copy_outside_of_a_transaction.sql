-- +goose NO TRANSACTION
-- +goose Up
INSERT INTO ran VALUES (22, 'first');
COPY codes FROM stdin;
c	third
\.
INSERT INTO ran VALUES (22, 'last');
