-- +goose Up
/* own line */
SELECT 1; /* behind */
/* same
line */ SELECT 2; /* between */ SELECT 3;
/* a */ /* b */ SELECT 4;
/* at the end */
