-- +goose Up
INSERT INTO hats VALUES ('a;
-- +goose Down
b'';', ' -- ', 'c\');
SELECT 'a'
'b;
c';
