-- +goose Up
COPY users (id, email, full_name, created_at) FROM stdin;
5	eve@example.org	Eve	2024-01-05 00:00:00Z
6	fay@example.org	\N	2024-01-06 00:00:00Z
\.
INSERT INTO ran VALUES (20, 'last');
