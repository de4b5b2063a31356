// SPDX-License-Identifier: Apache-2.0
#include "query/stars.h"

#include <gtest/gtest.h>

#include "engine/dsn.h"

namespace godwit::query {
namespace {

std::string Expanded(std::string sql,
                     const std::map<std::size_t, StarColumns>& stars) {
  PlainQuery query;
  query.sql = std::move(sql);
  return ExpandStars(query, stars, engine::LexiconOf("postgresql")).text;
}

TEST(ExpandStars, WritesTheColumnsOut) {
  const StarColumns both = {{"", "id"}, {"u", "Name"}, {"order", "user"}};
  EXPECT_EQ(Expanded("SELECT * FROM t", {{7, {{"t", "a"}, {"t", "b"}}}}),
            "SELECT a, b FROM t");
  EXPECT_EQ(Expanded("SELECT * FROM t", {{7, both}}),
            "SELECT id, u.\"Name\", \"order\".\"user\" FROM t");
  EXPECT_EQ(Expanded("SELECT \"T\" . *, s.t.* FROM t",
                     {{7, {{"T", "a"}}}, {16, {{"t", "b"}, {"t", "c"}}}}),
            "SELECT \"T\".a, s.t.b, s.t.c FROM t");
}

TEST(ExpandStars, LeavesWhatCannotBeTold) {
  EXPECT_EQ(Expanded("SELECT * FROM t", {}), "");
  EXPECT_EQ(Expanded("SELECT * FROM t", {{7, {}}}), "");
  EXPECT_EQ(Expanded("SELECT (a).* FROM t", {{7, {{"t", "b"}}}}), "");
}

TEST(ExpandStars, AListBehindAStarMovesWithIt) {
  PlainQuery query;
  query.sql = "SELECT * FROM t WHERE a IN (?1)";
  query.lists = {{28, 2}};
  EXPECT_EQ(ExpandStars(query, {{7, {{"t", "a"}, {"t", "b"}}}},
                        engine::LexiconOf("sqlite"))
                .executed,
            "SELECT a, b FROM t WHERE a IN (SELECT value FROM json_each(?1))");
}

}  // namespace
}  // namespace godwit::query
