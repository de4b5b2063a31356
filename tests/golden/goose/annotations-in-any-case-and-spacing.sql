--+goose UP
SELECT 1;
---- +goose   down ----
SELECT 2;
--	+goose statementBEGIN
SELECT 3
-- +goose STATEMENTend  
