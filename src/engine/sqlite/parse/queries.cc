// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "engine/engines.h"
#include "engine/query_engines.h"
#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/parse/facts.h"
#include "engine/sqlite/parse/parse.h"
#include "runtime/sqlite_describe.h"

namespace godwit::engine {

namespace {

using schema::ProblemCode;

struct MessageRow {
  std::string_view part;
  ProblemCode code;
};

// SQLite has one code for all that is wrong with a statement; its messages are
// what tells them apart (and are part of its tests).
constexpr MessageRow kMessages[] = {
    {"no such column", ProblemCode::kUnknownColumn},
    {"has no column named", ProblemCode::kUnknownColumn},
    {"no such table", ProblemCode::kUnknownTable},
    {"no such view", ProblemCode::kUnknownTable},
    {"no such module", ProblemCode::kUnknownTable},
    {"unknown database", ProblemCode::kUnknownTable},
    {"ambiguous column", ProblemCode::kAmbiguousColumn},
    {"no such function", ProblemCode::kUnknownFunction},
    {"wrong number of arguments", ProblemCode::kUnknownFunction},
    {"syntax error", ProblemCode::kSyntaxError},
    {"incomplete input", ProblemCode::kSyntaxError},
    {"unrecognized token", ProblemCode::kSyntaxError},
    {"values for", ProblemCode::kSyntaxError},
    {"values were supplied", ProblemCode::kSyntaxError},
    {"all VALUES must have", ProblemCode::kSyntaxError},
    {"do not have the same number of result columns",
     ProblemCode::kSyntaxError},
    {"columns but", ProblemCode::kTypeMismatch},
    {"parameter number", ProblemCode::kWrongParameters},
    {"variable number", ProblemCode::kWrongParameters},
};

ProblemCode CodeOf(std::string_view message) {
  for (const MessageRow& row : kMessages) {
    if (message.find(row.part) != message.npos) return row.code;
  }
  return ProblemCode::kOther;
}

// CREATE VIEW … AS the query.
std::string ViewQuery(const std::string& sql) {
  try {
    Cursor cursor(sql);
    while (!cursor.at_end() && !cursor.IsWord("as")) cursor.Advance();
    return cursor.TakeWord("as") ? sql.substr(cursor.offset()) : "";
  } catch (const NotRead&) {
    return "";
  }
}

class SqliteQueries final : public QueryEngine {
 public:
  explicit SqliteQueries(Connection& connection)
      : connection_(connection),
        session_(static_cast<internal::SqliteSession&>(connection.session())) {}

  const QueryFacts& facts() const override { return SqliteQueryFacts(); }
  PlaceholderStyle placeholders() const override { return {false, false}; }
  void Load(std::string_view statement) override { session_.Run(statement); }
  void FinishLoading() override {}
  std::vector<DescribedQuery> Describe(
      std::span<const std::string> queries) override;
  sql::QueryPtr Parse(std::string_view sql) const override {
    return ParseSqlite(sql);
  }
  std::string CopyOf(const sql::Query&,
                     std::span<const schema::Relation>) const override {
    return {};
  }
  std::vector<schema::Relation> Relations(
      std::span<const std::string> system_names) override;
  std::vector<schema::EnumType> Enums() override { return {}; }
  std::vector<schema::ConstraintName> Constraints() override { return {}; }

 private:
  DescribedQuery Describe(const std::string& sql);
  // A row of pragma_table_list.
  struct Listed {
    std::string schema;
    std::string name;
    std::string kind;  // table, view, virtual, shadow
    std::string sql;
    bool row_number = false;
    bool strict = false;
  };
  schema::Relation ReadRelation(const Listed& listed);

  Connection& connection_;
  internal::SqliteSession& session_;
};

DescribedQuery SqliteQueries::Describe(const std::string& sql) {
  DescribedQuery query;
  try {
    internal::SqliteDescription described = internal::Describe(session_, sql);
    for (internal::SqliteDescription::Column& column : described.columns) {
      query.columns.push_back(
          {std::move(column.name), AsciiLower(column.declared_type), 0,
           std::move(column.table), std::move(column.origin)});
    }
    query.parameters.resize(static_cast<std::size_t>(described.parameters));
  } catch (const Error& error) {
    const ErrorInfo& info = error.info();
    query.refusal = DescribedQuery::Refusal{
        CodeOf(info.message), info.message, info.hint,
        ByteOffset(sql,
                   static_cast<std::size_t>(std::max(info.position, 1) - 1))};
  }
  return query;
}

std::vector<DescribedQuery> SqliteQueries::Describe(
    std::span<const std::string> queries) {
  std::vector<DescribedQuery> described;
  for (const std::string& sql : queries) described.push_back(Describe(sql));
  return described;
}

schema::Relation SqliteQueries::ReadRelation(const Listed& listed) {
  schema::Relation relation;
  if (listed.schema != "main") relation.schema = listed.schema;
  relation.name = listed.name;
  const bool is_table = listed.kind == "table";
  relation.has_row_number = is_table && listed.row_number;
  if (listed.kind == "view") relation.definition = ViewQuery(listed.sql);
  const std::vector<internal::SqliteColumn> columns =
      internal::ColumnsOf(session_, listed.schema, listed.name);
  const auto keys = std::ranges::count_if(
      columns, [](const auto& column) { return column.primary_key > 0; });
  for (const internal::SqliteColumn& column : columns) {
    schema::RelationColumn& made = relation.columns.emplace_back();
    made.name = column.name;
    made.type = AsciiLower(column.declared_type);
    made.hidden = column.hidden == 1;
    // A single INTEGER PRIMARY KEY is the row's number. Other primary keys may
    // hold NULL, but where the table is WITHOUT ROWID or STRICT.
    const bool is_row_number = relation.has_row_number && keys == 1 &&
                               column.primary_key == 1 &&
                               made.type == "integer";
    made.not_null = column.not_null || is_row_number ||
                    (column.primary_key > 0 && is_table &&
                     (!listed.row_number || listed.strict));
  }
  return relation;
}

std::vector<schema::Relation> SqliteQueries::Relations(
    std::span<const std::string>) {
  std::vector<schema::Relation> relations;
  const Result schemas = connection_.Execute(
      "SELECT name FROM pragma_database_list ORDER BY name <> 'temp', seq");
  for (std::size_t i = 0; i < schemas.size(); ++i) {
    const std::string schema = schemas.Get<std::string>(i, 0);
    const Result rows = connection_.Execute(
        Cat("SELECT l.name, l.type, coalesce(s.sql, ''), l.wr = 0, l.strict "
            "FROM pragma_table_list l LEFT JOIN ",
            SqliteDialect().Quote(schema),
            ".sqlite_master s "
            "ON s.name = l.name AND s.type IN ('table', 'view') "
            "WHERE l.schema = ?1"),
        schema);
    for (std::size_t j = 0; j < rows.size(); ++j) {
      relations.push_back(ReadRelation(
          {schema, rows.Get<std::string>(j, 0), rows.Get<std::string>(j, 1),
           rows.Get<std::string>(j, 2), rows.Get<bool>(j, 3),
           rows.Get<bool>(j, 4)}));
    }
  }
  return relations;
}

}  // namespace

std::unique_ptr<QueryEngine> OpenSqliteQueries(Connection& connection) {
  return std::make_unique<SqliteQueries>(connection);
}

}  // namespace godwit::engine
