-- +goose Up
-- Times come first in these ids. PostgreSQL has the function since 18.
DO $$
BEGIN
    IF to_regprocedure('pg_catalog.uuidv7()') IS NULL THEN
        CREATE FUNCTION public.uuidv7() RETURNS uuid
        LANGUAGE sql VOLATILE
        AS $body$
            SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
                    || '7' || substr(md5(random()::text || clock_timestamp()::text), 1, 3)
                    || '8' || substr(md5(random()::text), 1, 15))::uuid
        $body$;
    END IF;
END
$$;

-- +goose Down
DROP FUNCTION IF EXISTS public.uuidv7();
