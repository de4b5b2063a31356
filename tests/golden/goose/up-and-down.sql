-- +goose Up
CREATE TABLE hats (id int);

-- +goose Down
DROP TABLE hats;
