// SPDX-License-Identifier: Apache-2.0
#include "config/generation.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::config {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Generation, ReadsVersion2) {
  const GenerateConfig config = ParseGenerateConfig(
      "version: \"2\"\nsql:\n"
      "  - {engine: postgresql, schema: [a.sql, b], queries: q, gen: {cpp: "
      "{namespace: app::db, out: src/db, rename: {url: Url}, overrides: "
      "[{db_type: uuid, nullable: true, cpp_type: app::Id, include: "
      "app/id.h}]}}, strict_order_by: false}\n"
      "  - {engine: sqlite, schema: c.sql, queries: [d.sql], database: {uri: "
      "x}, gen: {json: {out: gen, filename: q.json}}}\n",
      "p/sqlc.yaml");
  EXPECT_EQ(config.folder, "p");
  ASSERT_EQ(config.blocks.size(), 2u);
  const GenerateBlock& first = config.blocks[0];
  EXPECT_EQ(first.engine, "postgresql");
  EXPECT_THAT(first.schema, ElementsAre("p/a.sql", "p/b"));
  EXPECT_EQ(first.out, "p/src/db");
  EXPECT_EQ(first.name_space, "app::db");
  EXPECT_THAT(first.rename, ElementsAre(Pair("url", "Url")));
  ASSERT_EQ(first.overrides.size(), 1u);
  EXPECT_TRUE(first.overrides[0].nullable);
  EXPECT_EQ(first.overrides[0].include, "app/id.h");
  EXPECT_EQ(first.overrides[0].line, 3);
  EXPECT_THAT(first.ignored,
              ElementsAre("strict_order_by: the database checks every query, "
                          "it cannot be told not to"));
  EXPECT_EQ(config.blocks[1].json_out, "p/gen/q.json");
  EXPECT_EQ(config.blocks[1].database, "x");
}

TEST(Generation, TakesWhatMeansSomethingOfGo) {
  const GenerateConfig config = ParseGenerateConfig(
      "version: 2\nsql:\n"
      "  - {engine: sqlite, schema: s, queries: q, gen: {go: {package: db, "
      "out: db, emit_json_tags: true, overrides: [{column: t.a, go_type: "
      "X}]}}}\n"
      "overrides: {go: {rename: {a: B}, overrides: [{db_type: text, cpp_type: "
      "app::Text}]}}\n",
      "sqlc.yaml");
  const GenerateBlock& block = config.blocks.at(0);
  EXPECT_EQ(block.name_space, "db");
  EXPECT_THAT(block.rename, ElementsAre(Pair("a", "B")));
  ASSERT_EQ(block.overrides.size(), 1u);
  EXPECT_TRUE(block.overrides[0].shared);
  EXPECT_THAT(block.ignored,
              ElementsAre("the override of t.a (line 3) has no cpp_type and is "
                          "left out",
                          "gen.go.emit_json_tags means nothing in C++"));
}

TEST(Generation, ReadsVersion1) {
  const GenerateConfig config = ParseGenerateConfig(
      "version: \"1\"\npackages:\n  - {path: internal/db, schema: s, queries: "
      "q, emit_interface: true}\nrename: {a: b}\noverrides: [{db_type: uuid, "
      "cpp_type: Id}]\n",
      "sqlc.yaml");
  const GenerateBlock& block = config.blocks.at(0);
  EXPECT_EQ(block.engine, "postgresql");
  EXPECT_EQ(block.name_space, "db");
  EXPECT_EQ(block.out, "internal/db");
  EXPECT_THAT(block.rename, ElementsAre(Pair("a", "b")));
  EXPECT_THAT(block.ignored,
              ElementsAre("packages.emit_interface means nothing in C++"));
}

TEST(Generation, ReadsTheListOfAProjectFile) {
  const GenerateConfig config = ParseGenerateConfig(
      "version: 1\nengine: sqlite\nmigrate: {dir: m}\ngenerate:\n"
      "  - {engine: sqlite, schema: m, queries: q, gen: {cpp: {namespace: db, "
      "out: db}}}\n",
      "godwit.yaml");
  ASSERT_EQ(config.blocks.size(), 1u);
  EXPECT_THAT(config.blocks[0].ignored, IsEmpty());
}

TEST(Generation, RefusesWithThePlace) {
  struct Case {
    std::string_view block, message;
    std::string_view help = "";
  };
  constexpr Case kCases[] = {
      {"{engine: sqlite, schema: s, querys: q}",
       "unknown key 'querys' of a block", "did you mean 'queries'?"},
      {"{engine: sqlite, schema: s, queries: q, gen: {cpp: {nmespace: a}}}",
       "unknown key 'nmespace' of 'gen: cpp:'", "did you mean 'namespace'?"},
      {"{engine: sqlite, queries: q, gen: {cpp: {out: a, overrides: [{cpptype: "
       "X}]}}}",
       "unknown key 'cpptype' of an override", "did you mean 'cpp_type'?"},
      {"{engine: sqlite, queries: q, gen: {cpp: {out: a, overrides: "
       "[{cpp_type: X}]}}}",
       "an override names a db_type or a column"},
      {"{schema: s, queries: q}", "the block has no 'engine'",
       "write engine: postgresql or engine: sqlite"},
      {"{engine: sqlite, schema: s}", "the block has no 'queries'"},
      {"{engine: sqlite, queries: q}",
       "the block does not say where its code goes",
       "write gen: {cpp: {namespace: app::db, out: src/db}}"},
      {"text", "a block is a mapping of keys"},
  };
  for (const Case& one : kCases) {
    try {
      ParseGenerateConfig(Cat("version: 2\nsql:\n  - ", one.block, "\n"),
                          "sqlc.yaml");
      ADD_FAILURE() << one.block;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kConfig);
      EXPECT_EQ(error.info().message, one.message);
      EXPECT_EQ(error.info().help, one.help);
      EXPECT_EQ(error.where().line, 3);
    }
  }
}

}  // namespace
}  // namespace godwit::config
