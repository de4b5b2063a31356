-- +goose Up
CREATE TABLE hats (id int);
