-- +goose Up
CREATE TABLE codes (code text PRIMARY KEY, label text);
COPY codes FROM stdin WITH (FORMAT csv);
a,"first, of all"
b,second
\.
UPDATE codes SET label = shout(label);
INSERT INTO ran VALUES (21, 'last');
