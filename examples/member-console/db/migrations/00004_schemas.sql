-- +goose Up
-- Some installations never had all of these tables: what is there moves.
CREATE SCHEMA core;
CREATE SCHEMA fedwiki;
ALTER TABLE IF EXISTS public.users SET SCHEMA core;
ALTER TABLE IF EXISTS public.payments SET SCHEMA core;
ALTER TABLE IF EXISTS public.sites SET SCHEMA fedwiki;

-- +goose Down
ALTER TABLE IF EXISTS fedwiki.sites SET SCHEMA public;
ALTER TABLE IF EXISTS core.payments SET SCHEMA public;
ALTER TABLE IF EXISTS core.users SET SCHEMA public;
DROP SCHEMA fedwiki;
DROP SCHEMA core;
