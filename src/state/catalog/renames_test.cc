// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/renames.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "engine/dsn.h"

namespace godwit::state {
namespace {

// "column users.username->user_name; …"
std::string Read(std::string_view text, std::string_view engine) {
  constexpr std::string_view kKinds[] = {"table",      "column", "index",
                                         "constraint", "type",   "value"};
  std::string told;
  for (const schema::Rename& rename :
       ReadRenames({text, "t.sql"}, engine::LexiconOf(engine))) {
    told += Cat(told.empty() ? "" : "; ",
                kKinds[static_cast<std::size_t>(rename.kind)], ' ',
                rename.parent.text(), ' ', rename.from, "->", rename.to);
  }
  return told;
}

TEST(Renames, StandBehindWhatTheyRename) {
  struct Case {
    std::string_view text, told;
  };
  constexpr Case kCases[] = {
      {"CREATE TABLE t (a int, -- @renamed from=b\n c int);", "column t b->a"},
      {"CREATE TABLE t (a int -- @renamed from=b\n, c int);", "column t b->a"},
      {"CREATE TABLE t (a numeric(1, 2), -- @renamed from=\"B b\"\n c int);",
       "column t B b->a"},
      {"CREATE TABLE IF NOT EXISTS s.t ( -- @renamed from=Old\n a int);",
       "table s.t old->t"},
      {"CREATE TABLE \"T\" /* @renamed from=\"old t\" */ (a int);",
       "table T old t->T"},
      {"CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) -- @renamed from=d\n"
       ");",
       "constraint t d->c"},
      {"CREATE UNIQUE INDEX CONCURRENTLY i /* @renamed from=j */ ON t (a);",
       "index i j->i"},
      {"CREATE TYPE e AS ENUM ( -- @renamed from=f\n 'a', 'b' "
       "/* @renamed from='c' */);",
       "type e f->e; value e c->b"},
      {"CREATE TYPE e /* @renamed from=f */ AS ENUM ( /* @renamed from=g */ "
       "'a');",
       "type e f->e"},
      // On a line of its own it stands behind nothing.
      {"CREATE TYPE e AS ENUM (\n /* @renamed from=f */\n 'a');", ""},
      {"-- @renamed from=f\nCREATE TABLE t (a int);", ""},
      {"ALTER TABLE t ADD a int /* @renamed from=b */;", ""},
      {"CREATE TABLE t (a int, -- @renamed to=b\n b text DEFAULT "
       "'@renamed from=c');",
       ""},
  };
  for (const Case& one : kCases)
    EXPECT_EQ(Read(one.text, "postgresql"), one.told) << one.text;
  EXPECT_EQ(Read("CREATE TABLE T (A int -- @renamed from=B\n);", "sqlite"),
            "column T B->A");
}

}  // namespace
}  // namespace godwit::state
