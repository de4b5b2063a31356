-- +goose Up
ALTER TABLE tags ADD COLUMN language text;
