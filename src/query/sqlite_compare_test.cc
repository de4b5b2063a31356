// SPDX-License-Identifier: Apache-2.0
#include "query/compare.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "query/ask.h"

namespace godwit::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kSchema =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, nick "
    "TEXT, age INTEGER);";
constexpr std::string_view kQueries =
    "-- name: GetUser :one\nSELECT id, email FROM users WHERE id = ?;\n\n"
    "-- name: ListUsers :many\nSELECT * FROM users WHERE age > @age;\n\n"
    "-- name: Rename :exec\nUPDATE users SET nick = @nick WHERE id = @id;\n";

Analyzed On(std::string_view schema, const QueryFile& queries) {
  Connection connection = Connection::Open("sqlite::memory:");
  connection.Execute(schema);
  return AskDatabase(connection, std::span(&queries, 1));
}

std::vector<std::string> Breaks(std::string_view schema) {
  const Analyzed expected = On(kSchema, {"q.sql", std::string(kQueries)});
  std::vector<std::string> told;
  for (const schema::Problem& problem :
       FindBreaks(expected, On(schema, FileOf(expected.shapes))))
    told.push_back(Cat(problem.where.file, ':', problem.where.line, ' ',
                       problem.query, ": ", problem.message));
  return told;
}

TEST(FindBreaks, NothingBreaksOnTheSameSchemaOrOnMore) {
  EXPECT_THAT(Breaks(kSchema), IsEmpty());
  EXPECT_THAT(
      Breaks("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, "
             "nick TEXT, age INTEGER, more TEXT)"),
      IsEmpty());
}

TEST(FindBreaks, TellsWhatCodeWouldMeet) {
  EXPECT_THAT(
      Breaks("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick "
             "TEXT, age TEXT)"),
      ElementsAre("q.sql:2 GetUser: column email can be NULL there, and is "
                  "read as one that cannot",
                  "q.sql:5 ListUsers: column email can be NULL there, and is "
                  "read as one that cannot",
                  "q.sql:5 ListUsers: column age is text there, and is read as "
                  "integer",
                  "q.sql:5 ListUsers: parameter age is text there, and is "
                  "given as integer"));
  EXPECT_THAT(Breaks("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT "
                     "NOT NULL, age INTEGER)"),
              ElementsAre("q.sql:5 ListUsers: no such column: nick",
                          "q.sql:8 Rename: no such column: nick"));
}

}  // namespace
}  // namespace godwit::query
