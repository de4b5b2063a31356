// SPDX-License-Identifier: Apache-2.0
#include "query/macros.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "engine/lexicons.h"

namespace godwit::query {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr engine::PlaceholderStyle kPostgres{true, true};
constexpr engine::PlaceholderStyle kSqlite{false, false};

PlainQuery Read(std::string_view sql, const engine::PlaceholderStyle& style) {
  const sql::DocumentView document{sql, "q.sql"};
  AnnotatedQuery query;
  query.name = "Q";
  query.sql = sql;
  return Rewrite(query, document,
                 style.dollar_numbers ? engine::PostgresLexicon()
                                      : engine::SqliteLexicon(),
                 style);
}

struct Case {
  std::string_view written;
  std::string_view plain;
  std::string_view names;  // by number, between commas
};

std::string NamesOf(const PlainQuery& query) {
  std::string names;
  bool first = true;
  for (const WrittenParameter& parameter : query.parameters) {
    if (!std::exchange(first, false)) names += ',';
    names += parameter.name;
    if (parameter.nullable) names += '?';
    if (parameter.slice) names += "[]";
  }
  return names;
}

TEST(Macros, OfPostgresql) {
  const Case cases[] = {
      {"SELECT $1", "SELECT $1", ""},
      {"a = @x AND b = @x", "a = $1 AND b = $1", "x"},
      {"a = $1 AND b = sqlc.arg(x)", "a = $1 AND b = $2", ",x"},
      {"a = $2 AND b = sqlc.arg(x)", "a = $2 AND b = $1", "x,"},
      {"sqlc . ARG ( 'My Name' )", "$1", "My Name"},
      {"sqlc.arg(MixedCase)", "$1", "mixedcase"},
      {"sqlc.narg(x)", "$1", "x?"},
      {"id = ANY(sqlc.slice(ids))", "id = ANY($1)", "ids[]"},
      {"id IN (sqlc.slice(ids))", "id = ANY($1)", "ids[]"},
      {"id NOT IN (sqlc.slice('ids')) AND a", "id <> ALL($1) AND a", "ids[]"},
      {"a @> b AND a <@c AND @x", "a @> b AND a <@c AND $1", "x"},
      {"sqlc.embed(t), \"U\".x", "t.*, \"U\".x", ""},
      {"'@x' \"@y\" $$@z$$ -- @c", "'@x' \"@y\" $$@z$$ -- @c", ""},
      {"sqlc.arg/* here */(x)", "$1", "x"},
  };
  for (const Case& c : cases) {
    const PlainQuery query = Read(c.written, kPostgres);
    EXPECT_EQ(query.sql, c.plain);
    EXPECT_EQ(NamesOf(query), c.names) << c.written;
  }
}

TEST(Macros, OfSqlite) {
  const Case cases[] = {
      {"a = ? AND b = ?", "a = ?1 AND b = ?2", ","},
      {"a = ?2 AND b = ?", "a = ?2 AND b = ?1", ","},
      {"a = :x AND b = @y AND c = $z AND d = :x",
       "a = ?1 AND b = ?2 AND c = ?3 AND d = ?1", "x,y,z"},
      {"id IN (sqlc.slice(ids)) AND p > ?", "id IN (?1) AND p > ?2", "ids[],"},
      {"sqlc.arg(MixedCase)", "?1", "MixedCase"},
      {"a ->> '$.x' = ?", "a ->> '$.x' = ?1", ""},
  };
  for (const Case& c : cases) {
    const PlainQuery query = Read(c.written, kSqlite);
    EXPECT_EQ(query.sql, c.plain);
    EXPECT_EQ(NamesOf(query), c.names) << c.written;
  }
}

TEST(Macros, WhatIsWrittenWrongIsNamed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"SELECT sqlc.argh(a)", "there is no macro sqlc.argh"},
      {"SELECT sqlc.arg()", "takes one name and got none"},
      {"SELECT sqlc.arg(a, b)", "takes one name and got more"},
      {"SELECT sqlc.arg(sqlc.arg(a))", "takes a name and got sqlc.arg(a)"},
      {"SELECT sqlc.arg($1)", "takes a name and got $1"},
      {"SELECT sqlc.arg(a", "is not closed"},
      {"SELECT $0", "there can be no parameter $0"},
      {"SELECT $99999", "there can be no parameter $99999"},
  };
  for (const auto& [sql, message] : cases) {
    try {
      Read(sql, kPostgres);
      ADD_FAILURE() << sql;
    } catch (const schema::Problem& problem) {
      EXPECT_THAT(problem.message, HasSubstr(message));
      EXPECT_EQ(problem.where.line, 1);
    }
  }
}

TEST(Macros, APlaceInThePlainTextLeadsToTheWrittenOne) {
  const std::string written = "SELECT sqlc.arg(name), sqlc.embed(t), nope";
  const PlainQuery query = Read(written, kPostgres);
  ASSERT_EQ(query.sql, "SELECT $1, t.*, nope");
  EXPECT_EQ(query.Written(0), 0U);
  EXPECT_EQ(query.Written(query.sql.find("$1")), written.find("sqlc.arg"));
  EXPECT_EQ(query.Written(query.sql.find("t.*")), written.find("sqlc.embed"));
  EXPECT_EQ(query.Written(query.sql.find("nope")), written.find("nope"));
  EXPECT_THAT(query.embeds, SizeIs(1));
  EXPECT_THAT(query.parameters, SizeIs(1));
}

std::vector<AnnotatedQuery> ReadAll(std::string_view text,
                                    std::vector<schema::Problem>& problems) {
  const sql::DocumentView document{text, "q.sql"};
  return ReadQueries(document, engine::PostgresLexicon(), problems);
}

TEST(Annotated, NamesCommandsAndComments) {
  std::vector<schema::Problem> problems;
  constexpr std::string_view kText =
      "SELECT 0;\n"
      "-- All of them.\n-- name: List :many\n-- By id.\nSELECT 1;\n"
      "/* name: Get :one */ SELECT 2";
  const std::vector<AnnotatedQuery> queries = ReadAll(kText, problems);
  EXPECT_THAT(problems, IsEmpty());
  ASSERT_THAT(queries, SizeIs(2));
  EXPECT_EQ(queries[0].name, "List");
  EXPECT_EQ(queries[0].command, Command::kMany);
  EXPECT_THAT(queries[0].comments,
              ::testing::ElementsAre(" All of them.", " By id."));
  EXPECT_EQ(queries[0].sql, "SELECT 1");
  EXPECT_EQ(queries[1].name, "Get");
  EXPECT_EQ(queries[1].sql, "SELECT 2");
}

TEST(Annotated, WhatIsWrittenWrongIsNamed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"-- name: A\nSELECT 1;", "query A has no command"},
      {"-- name: A :once\nSELECT 1;", "there is no command ':once'"},
      {"-- name: 1A :one\nSELECT 1;", "cannot be a query's name"},
      {"-- name: A :one now\nSELECT 1;", "'now' behind the command"},
      {"-- name: A :one\n-- name: B :one\nSELECT 1;", "two names"},
      {"-- name: A :one\n", "query A has no statement"},
      {"-- name:\nSELECT 1;", "a query's name is missing"},
  };
  for (const auto& [text, message] : cases) {
    std::vector<schema::Problem> problems;
    EXPECT_THAT(ReadAll(text, problems), IsEmpty()) << text;
    ASSERT_THAT(problems, SizeIs(1)) << text;
    EXPECT_THAT(problems[0].message, HasSubstr(message));
  }
}

}  // namespace
}  // namespace godwit::query
