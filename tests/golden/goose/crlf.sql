-- +goose Up
CREATE TABLE hats (
  id int
);
SELECT 'a
b'; -- one
-- +goose Down
DROP TABLE hats;
