// SPDX-License-Identifier: Apache-2.0
#include "crash/snapshot.h"

#include <sstream>
#include <stdexcept>
#include <vector>

#include "base/text.h"

namespace godwit::test {

namespace {

// Every query gives one column of text.
constexpr std::string_view kPostgres[] = {
    R"(SELECT format('schema %s', nspname) FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1)",
    R"(SELECT format('relation %s %s %s acl %s rls %s bound %s', c.oid::regclass, c.relkind, c.relpersistence,
              coalesce(c.relacl::text, ''), c.relrowsecurity, coalesce(pg_get_expr(c.relpartbound, c.oid), ''))
FROM pg_class c WHERE c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1)",
    R"(SELECT format('column %s.%s %s not null %s default %s identity %s generated %s', c.oid::regclass, a.attname,
              format_type(a.atttypid, a.atttypmod), a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
              a.attidentity, a.attgenerated)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.oid::regclass::text, a.attnum)",
    R"(SELECT format('constraint %s %s %s valid %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
FROM pg_constraint WHERE connamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1)",
    R"(SELECT format('index %s valid %s ready %s live %s', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indislive)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace::regnamespace::text !~ '^(pg_catalog|information_schema)' AND (c.relnamespace::regnamespace::text <> 'pg_toast' OR NOT i.indisvalid)
ORDER BY 1)",
    R"(SELECT format('inherits %s %s', i.inhrelid::regclass, to_jsonb(i) - 'inhrelid' - 'inhparent') FROM pg_inherits i ORDER BY 1)",
    R"(SELECT format('function %s %s', oid::regprocedure, CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END)
FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1)",
    "SELECT format('trigger %s %s', pg_get_triggerdef(oid), tgenabled) FROM "
    "pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    R"(SELECT format('rule %s', pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1)",
    "SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ',' "
    "ORDER BY enumsortorder)) FROM pg_enum GROUP BY enumtypid ORDER BY 1",
    "SELECT format('policy %s', p) FROM pg_policies p ORDER BY 1",
    "SELECT format('sequence %s %s', seqrelid::regclass, to_jsonb(s) - "
    "'seqrelid') FROM pg_sequence s ORDER BY 1",
    R"(SELECT format('comment %s %s %s', d.objoid::regclass, d.objsubid, d.description) FROM pg_description d
WHERE d.classoid = 'pg_class'::regclass AND d.objoid >= 16384 ORDER BY 1)",
};
constexpr std::string_view kPostgresTables =
    "SELECT format('%I.%I', relnamespace::regnamespace, relname) FROM pg_class "
    "WHERE relkind IN ('r', 'p', 'm') AND relnamespace::regnamespace::text !~ "
    "'^(pg_|information_schema)' ORDER BY 1";

constexpr std::string_view kSqlite[] = {
    "SELECT type || ' ' || name || ' on ' || tbl_name || ' ' || coalesce(sql, "
    "'') FROM sqlite_schema ORDER BY type, name",
    "SELECT 'integrity ' || integrity_check FROM pragma_integrity_check",
    "SELECT 'dangling ' || \"table\" || ' ' || coalesce(rowid, '') FROM "
    "pragma_foreign_key_check ORDER BY 1",
    "SELECT 'user_version ' || user_version FROM pragma_user_version",
    "SELECT 'application_id ' || application_id FROM pragma_application_id",
    "SELECT 'journal_mode ' || journal_mode FROM pragma_journal_mode",
    "SELECT 'auto_vacuum ' || auto_vacuum FROM pragma_auto_vacuum",
};
// Without what virtual tables keep their data in.
constexpr std::string_view kSqliteTables =
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN "
    "('table', 'virtual') AND name <> 'sqlite_schema' ORDER BY name";

void Add(std::string& out, Connection& connection, std::string_view query) {
  const Result rows = connection.Execute(query);
  for (std::size_t i = 0; i < rows.size(); ++i)
    out += rows.Get<std::string>(i, 0) + "\n";
}

bool IsLog(std::string_view table) {
  return table.ends_with("godwit_log");
}

std::string RowsOnServer(const std::string& table) {
  const bool tracker = table.ends_with(".applied_migrations");
  return Cat("SELECT '", table, " ' || (to_jsonb(t)",
             tracker ? " - 'applied_at'" : "", ")::text FROM ", table,
             " t ORDER BY 1");
}

std::string RowsInFile(Connection& connection, const std::string& table) {
  const Result columns = connection.Execute(
      "SELECT name FROM pragma_table_xinfo($1) WHERE hidden <> 1 ORDER BY cid",
      table);
  std::string list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string name = columns.Get<std::string>(i, 0);
    if (name != "applied_at") list += Cat(" || ' ' || quote(\"", name, "\")");
  }
  return Cat("SELECT '", table, "'", list, " FROM \"", table, "\" ORDER BY 1");
}

std::string OfServer(Connection& connection) {
  std::string out;
  for (const std::string_view query : kPostgres) Add(out, connection, query);
  const Result tables = connection.Execute(kPostgresTables);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string table = tables.Get<std::string>(i, 0);
    if (!IsLog(table)) Add(out, connection, RowsOnServer(table));
  }
  return out;
}

std::string OfFile(Connection& connection) {
  std::string out;
  for (const std::string_view query : kSqlite) Add(out, connection, query);
  const Result tables = connection.Execute(kSqliteTables);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string table = tables.Get<std::string>(i, 0);
    if (!IsLog(table)) Add(out, connection, RowsInFile(connection, table));
  }
  if (out.find("integrity ok\n") == std::string::npos)
    throw std::runtime_error("the database is damaged:\n" + out);
  return out;
}

}  // namespace

std::string Snapshot(Connection& connection) {
  return connection.engine() == EngineKind::kSqlite ? OfFile(connection)
                                                    : OfServer(connection);
}

std::string FirstDifference(const std::string& expected,
                            const std::string& found) {
  std::istringstream left(expected), right(found);
  std::string a, b;
  while (true) {
    const bool more_left = static_cast<bool>(std::getline(left, a));
    const bool more_right = static_cast<bool>(std::getline(right, b));
    if (!more_left && !more_right) return "";
    if (more_left && more_right && a == b) continue;
    return Cat("expected '", more_left ? a : "nothing more", "', found '",
               more_right ? b : "nothing more", "'");
  }
}

}  // namespace godwit::test
