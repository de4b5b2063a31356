-- +goose Up
-- Roles belong to the whole server: another database may have made it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'member_console_auditor') THEN
        CREATE ROLE member_console_auditor NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
GRANT USAGE ON SCHEMA audit, billing TO member_console_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA audit, billing TO member_console_auditor;

-- +goose Down
REVOKE SELECT ON ALL TABLES IN SCHEMA audit, billing FROM member_console_auditor;
REVOKE USAGE ON SCHEMA audit, billing FROM member_console_auditor;
