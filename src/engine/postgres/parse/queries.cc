// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/postgres/parse/copy.h"
#include "engine/postgres/parse/facts.h"
#include "engine/postgres/parse/parse.h"
#include "engine/query_engines.h"
#include "runtime/array_text.h"
#include "runtime/postgres.h"

namespace godwit::engine {

namespace {

using schema::ProblemCode;

struct StateRow {
  std::string_view state;
  ProblemCode code;
};

// Appendix A of the manual, "PostgreSQL Error Codes".
constexpr StateRow kStates[] = {
    {"42601", ProblemCode::kSyntaxError},
    {"42P01", ProblemCode::kUnknownTable},
    {"3F000", ProblemCode::kUnknownTable},
    {"42703", ProblemCode::kUnknownColumn},
    {"42702", ProblemCode::kAmbiguousColumn},
    {"42P09", ProblemCode::kAmbiguousColumn},
    {"42883", ProblemCode::kUnknownFunction},
    {"42725", ProblemCode::kUnknownFunction},
    {"42704", ProblemCode::kUnknownType},
    {"42804", ProblemCode::kTypeMismatch},
    {"42846", ProblemCode::kTypeMismatch},
    {"22P02", ProblemCode::kTypeMismatch},
    {"22007", ProblemCode::kTypeMismatch},
    {"22008", ProblemCode::kTypeMismatch},
    {"42P18", ProblemCode::kWrongParameters},
    {"42P02", ProblemCode::kWrongParameters},
    {"42P08", ProblemCode::kWrongParameters},
    {"0A000", ProblemCode::kUnsupported},
};

ProblemCode CodeOf(const ErrorInfo& error) {
  // An operator is a function to the server; to its user its operands are of
  // the wrong types.
  if (error.sqlstate == "42883" && error.message.starts_with("operator"))
    return ProblemCode::kTypeMismatch;
  const auto* row =
      std::ranges::find(kStates, error.sqlstate, &StateRow::state);
  return row == std::end(kStates) ? ProblemCode::kOther : row->code;
}

// Types by their object id. A domain is its base type, as the server sends it.
constexpr std::string_view kTypesQuery = R"(
SELECT t.oid::int8, n.nspname, t.typname,
       CASE WHEN t.typcategory = 'A' AND t.typsubscript =
            'pg_catalog.array_subscript_handler'::regproc
            THEN t.typelem::int8 ELSE 0 END
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid = ANY($1::oid[]) OR t.oid IN
      (SELECT typelem FROM pg_catalog.pg_type WHERE oid = ANY($1::oid[])))";

// Relations with their columns, in the order in which a plain name finds them.
constexpr std::string_view kRelationsQuery = R"(
SELECT c.oid::int8, n.nspname, c.relname,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid)
            END,
       a.attname, a.attnum::int4, a.attnotnull,
       CASE WHEN b.typcategory = 'A' THEN greatest(a.attndims, 1) ELSE 0 END,
       e.typname, en.nspname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a
  ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b
  ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
LEFT JOIN pg_catalog.pg_type e
  ON e.oid = CASE WHEN b.typcategory = 'A' AND b.typelem <> 0 THEN b.typelem
             ELSE b.oid END
LEFT JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
       OR c.relname = ANY($1::text[]))
ORDER BY coalesce(array_position(pg_catalog.current_schemas(true), n.nspname),
                  1000), n.nspname, c.relname, a.attnum)";

// What an error names: constraints, but no NOT NULL, and unique indexes.
constexpr std::string_view kConstraintsQuery = R"(
SELECT n.nspname, coalesce(r.relname, t.typname), c.conname
FROM pg_catalog.pg_constraint c
LEFT JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = c.contypid
JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(r.relnamespace, t.typnamespace)
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND c.conparentid = 0
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
UNION
SELECT n.nspname, r.relname, ic.relname
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_class r ON r.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
WHERE i.indisunique AND NOT ic.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
ORDER BY 1, 2, 3)";

struct Type {
  std::string name;
  std::uint32_t element = 0;  // of an array
};

std::string TypeName(const std::string& schema, const std::string& name) {
  return schema == "pg_catalog" ? name : Cat(schema, ".", name);
}

using Description = internal::StatementDescription;

template <typename Texts>
std::string ArrayOf(const Texts& texts) {
  return internal::ArrayText(internal::ArrayTexts(texts.begin(), texts.end()));
}

class PostgresQueries final : public QueryEngine {
 public:
  explicit PostgresQueries(Connection& connection)
      : connection_(connection),
        session_(
            static_cast<internal::PostgresSession&>(connection.session())) {}

  const QueryFacts& facts() const override { return PostgresQueryFacts(); }
  PlaceholderStyle placeholders() const override { return {true, true}; }
  void Load(std::string_view statement) override;
  void FinishLoading() override;
  std::vector<DescribedQuery> Describe(
      std::span<const std::string> queries) override;
  sql::QueryPtr Parse(std::string_view sql) const override {
    return ParsePostgres(sql);
  }
  std::string CopyOf(
      const sql::Query& insert,
      std::span<const schema::Relation> relations) const override {
    return CopyStatement(insert, relations);
  }
  std::vector<schema::Relation> Relations(
      std::span<const std::string> system_names) override;
  std::vector<schema::EnumType> Enums() override;
  std::vector<schema::ConstraintName> Constraints() override;

 private:
  struct ColumnPlace {
    std::string table;
    std::string name;
    int array_dims = 0;
  };

  void LearnTypes(const std::vector<Description>& descriptions);
  void LearnTables(const std::vector<Description>& descriptions);
  DescribedQuery Explain(const Description& description,
                         const std::string& sql) const;
  std::string NameOf(std::uint32_t type, int& array_dims) const;

  Connection& connection_;
  internal::PostgresSession& session_;
  std::map<std::uint32_t, Type> types_;
  std::map<std::pair<std::uint32_t, int>, ColumnPlace> columns_;
};

// A dump empties the search_path.
// A schema that is there already is what CREATE SCHEMA is to bring about: a
// module's configuration may make those of all modules first.
void PostgresQueries::Load(std::string_view statement) {
  try {
    session_.Run(statement);
  } catch (const Error& error) {
    if (error.sqlstate() != "42P06") throw;  // duplicate_schema
  }
}

void PostgresQueries::FinishLoading() {
  if (connection_.in_transaction()) connection_.Execute("COMMIT");
  for (const char* reset :
       {"SET SESSION AUTHORIZATION DEFAULT", "RESET ROLE", "RESET ALL"})
    connection_.Execute(reset);
}

void PostgresQueries::LearnTypes(const std::vector<Description>& descriptions) {
  std::set<std::string> wanted;
  for (const Description& description : descriptions) {
    for (const std::uint32_t type : description.parameters)
      wanted.insert(Cat(type));
    for (const Description::Column& column : description.columns)
      wanted.insert(Cat(column.type));
  }
  const Result rows = connection_.Execute(kTypesQuery, ArrayOf(wanted));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    types_[rows.Get<std::uint32_t>(i, 0)] = {
        TypeName(rows.Get<std::string>(i, 1), rows.Get<std::string>(i, 2)),
        rows.Get<std::uint32_t>(i, 3)};
  }
}

void PostgresQueries::LearnTables(
    const std::vector<Description>& descriptions) {
  std::set<std::string> wanted;
  for (const Description& description : descriptions) {
    for (const Description::Column& column : description.columns) {
      if (column.table != 0) wanted.insert(Cat(column.table));
    }
  }
  if (wanted.empty()) return;
  const Result rows = connection_.Execute(
      "SELECT a.attrelid::int8, a.attnum::int4, n.nspname, c.relname, "
      "a.attname, a.attndims::int4 FROM pg_catalog.pg_attribute a "
      "JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE a.attrelid = ANY($1::oid[])",
      ArrayOf(wanted));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    columns_[{rows.Get<std::uint32_t>(i, 0), rows.Get<int>(i, 1)}] = {
        Cat(rows.Get<std::string>(i, 2), ".", rows.Get<std::string>(i, 3)),
        rows.Get<std::string>(i, 4), rows.Get<int>(i, 5)};
  }
}

std::string PostgresQueries::NameOf(std::uint32_t type, int& array_dims) const {
  const auto found = types_.find(type);
  if (found == types_.end()) return "any";
  if (found->second.element == 0) return found->second.name;
  array_dims = 1;
  const auto element = types_.find(found->second.element);
  return element == types_.end() ? "any" : element->second.name;
}

DescribedQuery PostgresQueries::Explain(const Description& description,
                                        const std::string& sql) const {
  DescribedQuery query;
  if (description.error) {
    const ErrorInfo& error = *description.error;
    const auto position =
        static_cast<std::size_t>(std::max(error.position, 1) - 1);
    query.refusal = DescribedQuery::Refusal{
        CodeOf(error), error.message, error.hint, ByteOffset(sql, position)};
    return query;
  }
  for (const std::uint32_t type : description.parameters) {
    DescribedQuery::Parameter& parameter = query.parameters.emplace_back();
    parameter.type = NameOf(type, parameter.array_dims);
  }
  for (const Description::Column& column : description.columns) {
    DescribedQuery::Column& made = query.columns.emplace_back();
    made.name = column.name;
    made.type = NameOf(column.type, made.array_dims);
    const auto place = columns_.find({column.table, column.number});
    if (place == columns_.end()) continue;
    made.table = place->second.table;
    made.origin = place->second.name;
    if (made.array_dims > 0)
      made.array_dims = std::max(1, place->second.array_dims);
  }
  return query;
}

std::vector<DescribedQuery> PostgresQueries::Describe(
    std::span<const std::string> queries) {
  const std::vector<Description> descriptions = session_.Describe(queries);
  LearnTypes(descriptions);
  LearnTables(descriptions);
  std::vector<DescribedQuery> explained;
  for (std::size_t i = 0; i < queries.size(); ++i)
    explained.push_back(Explain(descriptions[i], queries[i]));
  return explained;
}

std::vector<schema::Relation> PostgresQueries::Relations(
    std::span<const std::string> system_names) {
  const Result rows =
      connection_.Execute(kRelationsQuery, ArrayOf(system_names));
  std::vector<schema::Relation> relations;
  std::int64_t last = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const std::int64_t id = rows.Get<std::int64_t>(i, 0); id != last) {
      last = id;
      schema::Relation& relation = relations.emplace_back();
      relation.schema = rows.Get<std::string>(i, 1);
      relation.name = rows.Get<std::string>(i, 2);
      relation.definition =
          rows.Get<std::optional<std::string>>(i, 3).value_or("");
    }
    if (rows.at(i, 4).is_null()) continue;
    schema::RelationColumn& column = relations.back().columns.emplace_back();
    column.name = rows.Get<std::string>(i, 4);
    column.not_null = rows.Get<std::optional<bool>>(i, 6).value_or(false);
    column.array_dims = rows.Get<int>(i, 7);
    column.type =
        TypeName(rows.Get<std::string>(i, 9), rows.Get<std::string>(i, 8));
  }
  return relations;
}

std::vector<schema::EnumType> PostgresQueries::Enums() {
  const Result rows = connection_.Execute(
      "SELECT n.nspname, t.typname, e.enumlabel FROM pg_catalog.pg_enum e "
      "JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
      "ORDER BY n.nspname, t.typname, e.enumsortorder");
  std::vector<schema::EnumType> enums;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string schema = rows.Get<std::string>(i, 0);
    const std::string name = rows.Get<std::string>(i, 1);
    if (enums.empty() || enums.back().schema != schema ||
        enums.back().name != name)
      enums.push_back({schema, name, {}});
    enums.back().labels.push_back(rows.Get<std::string>(i, 2));
  }
  return enums;
}

std::vector<schema::ConstraintName> PostgresQueries::Constraints() {
  std::vector<schema::ConstraintName> constraints;
  const Result rows = connection_.Execute(kConstraintsQuery);
  for (std::size_t i = 0; i < rows.size(); ++i)
    constraints.push_back(
        {Cat(rows.Get<std::string>(i, 0), ".", rows.Get<std::string>(i, 1)),
         rows.Get<std::string>(i, 2)});
  return constraints;
}

}  // namespace

std::unique_ptr<QueryEngine> OpenPostgresQueries(Connection& connection) {
  return std::make_unique<PostgresQueries>(connection);
}

}  // namespace godwit::engine
