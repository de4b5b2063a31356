// SPDX-License-Identifier: Apache-2.0
#include "state/dev_contents.h"

#include "base/text.h"

namespace godwit::state {

namespace {

constexpr std::string_view kMark = "may be emptied by godwit";

constexpr std::string_view kContents = R"(
WITH own AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
), member AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), found AS (
  SELECT 1 AS rank, 'extension ' || extname AS what FROM pg_extension
  WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT 2, 'schema ' || nspname FROM own WHERE nspname <> 'public'
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = own.oid)
  UNION ALL
  SELECT 3, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
    WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type'
    ELSE 'table' END || ' ' || n.nspname || '.' || c.relname
  FROM pg_class c JOIN own n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
  UNION ALL
  SELECT 4, 'function ' || p.oid::regprocedure FROM pg_proc p JOIN own n ON n.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
  UNION ALL
  SELECT 5, 'type ' || n.nspname || '.' || t.typname FROM pg_type t JOIN own n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r')
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
  UNION ALL
  SELECT 6, 'event trigger ' || evtname FROM pg_event_trigger
  UNION ALL
  SELECT 7, 'publication ' || pubname FROM pg_publication
  UNION ALL
  SELECT 8, 'foreign data wrapper ' || fdwname FROM pg_foreign_data_wrapper w
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
  UNION ALL
  SELECT 9, 'large object ' || oid FROM pg_largeobject_metadata
)
SELECT what FROM found ORDER BY rank, what)";

// The statements that take everything away and make the schema public again as
// it was.
constexpr std::string_view kClearing = R"(
SELECT statement FROM (
  SELECT 1 AS rank, format('DROP EVENT TRIGGER %I', evtname) AS statement FROM pg_event_trigger
  UNION ALL
  SELECT 1, format('DROP PUBLICATION %I', pubname) FROM pg_publication
  UNION ALL
  SELECT 1, format('SELECT lo_unlink(%s)', oid) FROM pg_largeobject_metadata
  UNION ALL
  SELECT 2, format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT 3, format('DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
  UNION ALL
  SELECT 4, format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace
  WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
  UNION ALL
  SELECT 5, 'CREATE SCHEMA public' FROM pg_namespace WHERE nspname = 'public'
  UNION ALL
  SELECT 6, format('COMMENT ON SCHEMA public IS %L', obj_description(oid, 'pg_namespace')) FROM pg_namespace WHERE nspname = 'public'
  UNION ALL
  SELECT 7, format('GRANT %s ON SCHEMA public TO %s', a.privilege_type,
    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
  FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public' AND a.grantee <> n.nspowner
  UNION ALL
  SELECT 8, format('ALTER SCHEMA public OWNER TO %I', pg_get_userbyid(nspowner))
  FROM pg_namespace WHERE nspname = 'public' AND pg_get_userbyid(nspowner) <> current_user
) clearing ORDER BY rank)";

}  // namespace

std::vector<std::string> ContentsOf(Connection& database) {
  const Result rows = database.Execute(kContents);
  std::vector<std::string> contents;
  for (std::size_t i = 0; i < rows.size(); ++i)
    contents.push_back(rows.Get<std::string>(i, 0));
  return contents;
}

void ClearDatabase(Connection& database) {
  const Result statements = database.Execute(kClearing);
  database.Execute("BEGIN");
  try {
    for (std::size_t i = 0; i < statements.size(); ++i)
      database.Execute(statements.Get<std::string>(i, 0));
    database.Execute("COMMIT");
  } catch (const Error&) {
    database.Execute("ROLLBACK");
    throw;
  }
}

bool MayBeEmptied(Connection& database) {
  const Result rows = database.Execute(
      "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM "
      "pg_database WHERE datname = current_database()");
  return !rows.empty() && rows.Get<std::string>(0, 0) == kMark;
}

void AllowEmptying(Connection& database) {
  const Result rows = database.Execute(
      "SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), "
      "$1::text)",
      std::string(kMark));
  database.Execute(rows.Get<std::string>(0, 0));
}

}  // namespace godwit::state
