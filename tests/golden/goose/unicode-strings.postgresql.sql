-- +goose Up
SELECT U&'d\0061t;
', U&"d\0061;
t" UESCAPE '!';
