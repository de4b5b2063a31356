-- +goose Up
CREATE TABLE hats (
  id int, -- ; the key
  /* ;
  */ size int
-- last;
);
