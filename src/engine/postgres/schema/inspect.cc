// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/inspect.h"

#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/reader.h"
#include "runtime/postgres.h"

namespace godwit::engine::pg {

namespace {

// With an empty path the server's own printing qualifies every name; the other
// settings are those that change how it prints.
constexpr std::string_view kSettings = R"(
SELECT set_config('search_path', '', true),
       set_config('datestyle', 'ISO', true),
       set_config('intervalstyle', 'postgres', true),
       set_config('extra_float_digits', '3', true),
       set_config('quote_all_identifiers', 'off', true))";

void TakeNothing(Reader&, Row&) {}

constexpr std::string_view kMembers = R"(
SELECT d.classid::int8, d.objid::int8, d.refobjid::int8
  FROM pg_catalog.pg_depend d WHERE d.deptype = 'e')";

void TakeMember(Reader& reader, Row& row) {
  const std::int64_t catalog = row.Number();
  const std::int64_t oid = row.Number();
  reader.members[{catalog, oid, 0}] = row.Number();
}

constexpr std::string_view kComments = R"(
SELECT d.classoid::int8, d.objoid::int8, d.objsubid::int8, d.description
  FROM pg_catalog.pg_description d
 WHERE d.objoid >= 16384
    OR d.classoid = 'pg_catalog.pg_namespace'::regclass)";

void TakeComment(Reader& reader, Row& row) {
  const std::int64_t catalog = row.Number();
  const std::int64_t oid = row.Number();
  const std::int64_t part = row.Number();
  reader.comments[{catalog, oid, part}] = row.Text();
}

constexpr std::string_view kDependencies = R"(
SELECT d.classid::int8, d.objid::int8, d.objsubid::int8, d.refclassid::int8,
       d.refobjid::int8, d.refobjsubid::int8, d.deptype = 'i'
  FROM pg_catalog.pg_depend d
 WHERE d.objid >= 16384 AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
   AND d.refclassid <> 'pg_catalog.pg_namespace'::regclass)";

void TakeDependency(Reader& reader, Row& row) {
  Reader::Edge edge;
  edge.from = {row.Number(), row.Number(), row.Number()};
  edge.to = {row.Number(), row.Number(), row.Number()};
  edge.internal = row.Flag();
  reader.edges.push_back(edge);
}

const std::string* FindKey(const Reader& reader, ObjectAddress address) {
  auto found = reader.keys.find(address);
  if (found == reader.keys.end()) {
    address.part = 0;
    found = reader.keys.find(address);
  }
  return found == reader.keys.end() ? nullptr : &found->second;
}

// What the server made as a part of something else (a row's type, an array's,
// a view's rule) stands for that; a part may be one of a part.
void NameParts(Reader& reader) {
  for (int depth = 0; depth < 3; ++depth)
    for (const Reader::Edge& edge : reader.edges) {
      if (!edge.internal || FindKey(reader, edge.from) != nullptr) continue;
      const std::string* whole = FindKey(reader, edge.to);
      if (whole != nullptr)
        reader.Know({edge.from.catalog, edge.from.oid, 0}, *whole);
    }
}

void NameDependencies(Reader& reader) {
  NameParts(reader);
  auto& out = reader.catalog.dependencies;
  for (const Reader::Edge& edge : reader.edges) {
    const std::string* object = FindKey(reader, edge.from);
    const std::string* on = FindKey(reader, edge.to);
    if (object != nullptr && on != nullptr && *object != *on)
      out.push_back({*object, *on});
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

std::vector<Question> Questions(int version) {
  std::vector<Question> out = {{std::string(kSettings), TakeNothing},
                               {std::string(kMembers), TakeMember},
                               {std::string(kComments), TakeComment}};
  const auto append = [&out](std::vector<Question> more) {
    for (Question& question : more) out.push_back(std::move(question));
  };
  append(TypeQuestions(version));
  append(TableQuestions(version));
  append(SequenceQuestions());
  append(RoutineQuestions(version));
  append(OtherQuestions(version));
  append({{std::string(kDependencies), TakeDependency}});
  return out;
}

}  // namespace

schema::Catalog ReadCatalog(Connection& connection) {
  Reader reader;
  reader.version =
      dynamic_cast<internal::PostgresSession&>(connection.session())
          .server_version();
  const std::vector<Question> questions = Questions(reader.version);
  std::vector<Connection::Query> queries;
  for (const Question& question : questions)
    queries.push_back({question.sql, {}});
  const std::vector<Result> results = connection.ExecuteAll(queries);
  for (std::size_t i = 0; i < questions.size(); ++i)
    for (std::size_t r = 0; r < results[i].size(); ++r) {
      Row row(results[i], r);
      questions[i].take(reader, row);
    }
  NameDependencies(reader);
  for (schema::Table& table : reader.catalog.tables)
    std::sort(table.grants.begin(), table.grants.end());
  return std::move(reader.catalog);
}

}  // namespace godwit::engine::pg
