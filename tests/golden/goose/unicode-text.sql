-- +goose Up
INSERT INTO "таблица" VALUES ('Ünï — 表; ✓');
