-- +goose Up
SELECT 1;
   
	
-- done
