-- +goose Up
CREATE TABLE [a;
-- +goose Down
b] (`c;
'` int);
SELECT 1;
