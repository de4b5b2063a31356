-- licence
/* more */
-- +goose Up

-- about hats
CREATE TABLE hats (id int);
  -- indented
CREATE TABLE caps (id int);
-- nothing follows
