-- +goose Up
SET ROLE pg_monitor;
RESET ROLE;
CREATE TABLE after_role (id int);
INSERT INTO ran VALUES (67, 'last');
