// SPDX-License-Identifier: Apache-2.0
// Functions, procedures, aggregates.
#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/reader.h"

namespace godwit::engine::pg {

namespace {

// {atomic}: from 14 on.
constexpr std::string_view kRoutines = R"(
SELECT p.oid::int8, n.nspname, p.proname, p.prokind,
       (SELECT coalesce(string_agg(pg_catalog.format_type(a, NULL), ', '
                                   ORDER BY o), '')
          FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(a, o)),
       pg_catalog.pg_get_function_identity_arguments(p.oid),
       p.pronargdefaults::int8, pg_catalog.pg_get_function_result(p.oid),
       l.lanname, CASE WHEN l.lanname NOT IN ('c', 'internal') {atomic}
                       THEN p.prosrc END,
       CASE WHEN p.prokind <> 'a' THEN
         pg_catalog.pg_get_functiondef(p.oid) END,
       pg_catalog.pg_get_userbyid(p.proowner),
       array_to_string(p.proacl, E'\x1f'),
       array_to_string(pg_catalog.acldefault('f', p.proowner), E'\x1f')
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE {made} AND)";

void TakeRoutine(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  if (reader.IsMember(kProcClass, oid)) return;
  schema::Routine routine;
  routine.name = {row.Text(), row.Text()};
  const std::string kind = row.Text();
  using Kind = schema::Routine::Kind;
  routine.kind = kind == "a"   ? Kind::kAggregate
                 : kind == "p" ? Kind::kProcedure
                               : Kind::kFunction;
  routine.argument_types = row.Text();
  routine.arguments = row.Text();
  routine.defaults = static_cast<int>(row.Number());
  routine.result = row.Text();
  routine.language = row.Text();
  routine.body = row.Text();
  routine.definition = row.Text();
  while (routine.definition.ends_with('\n')) routine.definition.pop_back();
  routine.grants = ReadGrants(row);
  routine.comment = reader.Comment(kProcClass, oid);
  reader.Know({kProcClass, oid, 0}, Key(routine));
  reader.catalog.routines.push_back(std::move(routine));
}

constexpr std::string_view kAggregates = R"(
SELECT p.oid::int8, pg_catalog.pg_get_function_arguments(p.oid), a.aggkind,
       a.aggtransfn::text, pg_catalog.format_type(a.aggtranstype, NULL),
       nullif(a.aggtransspace, 0)::text, nullif(a.aggfinalfn, 0)::regproc::text,
       CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
       nullif(a.aggfinalmodify, CASE WHEN a.aggkind = 'n' THEN 'r' ELSE 'w'
                                END::"char")::text,
       nullif(a.aggcombinefn, 0)::regproc::text,
       nullif(a.aggserialfn, 0)::regproc::text,
       nullif(a.aggdeserialfn, 0)::regproc::text,
       quote_literal(a.agginitval), nullif(a.aggmtransfn, 0)::regproc::text,
       nullif(a.aggminvtransfn, 0)::regproc::text,
       CASE WHEN a.aggmtranstype <> 0 THEN
         pg_catalog.format_type(a.aggmtranstype, NULL) END,
       nullif(a.aggmtransspace, 0)::text,
       nullif(a.aggmfinalfn, 0)::regproc::text,
       CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
       CASE WHEN a.aggmtransfn <> 0 THEN nullif(a.aggmfinalmodify,
         CASE WHEN a.aggkind = 'n' THEN 'r' ELSE 'w' END::"char")::text END,
       quote_literal(a.aggminitval),
       (SELECT 'OPERATOR(' || quote_ident(m.nspname) || '.' || o.oprname || ')'
          FROM pg_catalog.pg_operator o
          JOIN pg_catalog.pg_namespace m ON m.oid = o.oprnamespace
         WHERE o.oid = a.aggsortop),
       CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END,
       CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END
  FROM pg_catalog.pg_aggregate a
  JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
 WHERE p.oid >= 16384)";

std::string_view ModifyWord(std::string_view letter) {
  if (letter == "r") return "READ_ONLY";
  return letter == "s" ? "SHAREABLE" : "READ_WRITE";
}

// The options of CREATE AGGREGATE in the order of the query's columns.
std::string ReadAggregateOptions(Row& row) {
  constexpr std::string_view kOptions[] = {"SFUNC",
                                           "STYPE",
                                           "SSPACE",
                                           "FINALFUNC",
                                           "",
                                           "FINALFUNC_MODIFY",
                                           "COMBINEFUNC",
                                           "SERIALFUNC",
                                           "DESERIALFUNC",
                                           "INITCOND",
                                           "MSFUNC",
                                           "MINVFUNC",
                                           "MSTYPE",
                                           "MSSPACE",
                                           "MFINALFUNC",
                                           "",
                                           "MFINALFUNC_MODIFY",
                                           "MINITCOND",
                                           "SORTOP",
                                           "PARALLEL",
                                           ""};
  std::string out;
  for (const std::string_view option : kOptions) {
    std::string value = row.Text();
    if (value.empty()) continue;
    if (option.ends_with("_MODIFY")) value = ModifyWord(value);
    if (!out.empty()) out += ",\n    ";
    out += option.empty() ? value : Cat(option, " = ", value);
  }
  return out;
}

void TakeAggregate(Reader& reader, Row& row) {
  const auto key = reader.keys.find({kProcClass, row.Number(), 0});
  if (key == reader.keys.end()) return;
  for (schema::Routine& routine : reader.catalog.routines) {
    if (routine.kind != schema::Routine::Kind::kAggregate ||
        Key(routine) != key->second)
      continue;
    std::string arguments = row.Text();
    if (arguments.empty()) arguments = "*";
    row.Text();
    routine.arguments = arguments;
    routine.definition =
        Cat("CREATE AGGREGATE ", Quoted(routine.name), "(", arguments,
            ") (\n    ", ReadAggregateOptions(row), "\n)");
  }
}

}  // namespace

std::vector<Question> RoutineQuestions(int version) {
  std::string sql(kRoutines);
  const auto fill = [&sql](std::string_view hole, std::string_view text) {
    sql.replace(sql.find(hole), hole.size(), text);
  };
  fill("{atomic}", version >= 140000 ? "AND p.prosqlbody IS NULL" : "");
  // What the server makes with a type: a range's constructors.
  fill("{made}",
       "NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = "
       "'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = "
       "'i')");
  return {{Cat(sql, kUserNamespace, "ORDER BY n.nspname, p.proname, 5"),
           TakeRoutine},
          {std::string(kAggregates), TakeAggregate}};
}

}  // namespace godwit::engine::pg
