// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> NoVariables(const std::string&) {
  return std::nullopt;
}

ParsedMigration Parse(FormatKind format, const Migration& migration) {
  return FindFormat(format).parse(migration, engine::PostgresLexicon(),
                                  NoVariables);
}

Migration OneFile(std::string_view bytes) {
  Migration migration;
  migration.up = SourceFile{"1_a.sql", bytes};
  return migration;
}

std::vector<std::string> Texts(const Section& section) {
  std::vector<std::string> texts;
  for (const sql::StatementView& statement : section.statements)
    texts.emplace_back(statement.text);
  EXPECT_EQ(section.shown.size(), texts.size());
  return texts;
}

TEST(Formats, AreFoundByNameAndByKind) {
  for (const Format& format : Formats()) {
    EXPECT_EQ(FindFormat(format.name), &format);
    EXPECT_EQ(&FindFormat(format.kind), &format);
  }
  EXPECT_EQ(FindFormat("liquibase"), nullptr);
}

TEST(Formats, WriteNewFilesThatTheyRead) {
  for (const Format& format : Formats()) {
    SCOPED_TRACE(format.name);
    for (const Format::NewFile& file : format.create("00007", "add_users")) {
      const NameVerdict verdict = format.read_name(file.name);
      ASSERT_TRUE(std::holds_alternative<FileName>(verdict)) << file.name;
      EXPECT_EQ(std::get<FileName>(verdict).version, 7);
      EXPECT_EQ(std::get<FileName>(verdict).title, "add_users");
      const ParsedMigration parsed = Parse(format.kind, OneFile(file.text));
      EXPECT_TRUE(parsed.up.present);
      EXPECT_THAT(parsed.up.statements, IsEmpty());
    }
  }
  EXPECT_EQ(FindFormat(FormatKind::kGoose).create("1", "a")[0].text,
            "-- +goose Up\n\n-- +goose Down\n");
}

TEST(Dbmate, ReadsItsSections) {
  struct Case {
    std::string name;
    std::string text;
    std::vector<std::string> up;
    std::vector<std::string> down;
    bool up_transaction = true;
    bool down_transaction = true;
  };
  const Case cases[] = {
      {"both",
       "-- migrate:up\na;\nb\n\n-- migrate:down\nc;\n",
       {"a;", "b"},
       {"c;"}},
      {"no blank", "--migrate:up\na;\n--migrate:down\n", {"a;"}, {}},
      {"a byte order mark",
       "\uFEFF-- migrate:up\na;\n-- migrate:down\n",
       {"a;"},
       {}},
      {"CRLF",
       "-- migrate:up\r\na;\r\n-- migrate:down\r\nb;\r\n",
       {"a;"},
       {"b;"}},
      {"comments before",
       "\n-- licence\n/* x */\n-- migrate:up\na;\n-- migrate:down\n",
       {"a;"},
       {}},
      {"the option, by direction",
       "-- migrate:up transaction:false\na;\n-- migrate:down\nb;\n",
       {"a;"},
       {"b;"},
       false,
       true},
      {"the option below",
       "-- migrate:up\n-- migrate:down x:y transaction:false\nb;\n",
       {},
       {"b;"},
       true,
       false},
      {"with a blank it is none",
       "-- migrate:up transaction: false\na;\n-- migrate:down\n",
       {"a;"},
       {}},
      {"several pairs are one",
       "-- migrate:up\na;\n-- migrate:down\nb;\n-- migrate:up\nc;\n-- "
       "migrate:down\nd;\n",
       {"a;", "c;"},
       {"b;", "d;"}},
      {"not in a literal",
       "-- migrate:up\nSELECT '\n-- migrate:down\n';\n-- migrate:down\n",
       {"SELECT '\n-- migrate:down\n';"},
       {}},
      {"not indented",
       "-- migrate:up\na\n -- migrate:down\n;\n-- migrate:down\n",
       {"a\n -- migrate:down\n;"},
       {}},
      {"not in upper case",
       "-- migrate:up\na;\n-- MIGRATE:DOWN\nb;\n-- migrate:down\n",
       {"a;", "b;"},
       {}},
      {"not as the beginning of a word",
       "-- migrate:up\na;\n-- migrate:downs\nb;\n-- migrate:down\n",
       {"a;", "b;"},
       {}},
      {"not as data",
       "-- migrate:up\nCOPY a FROM stdin;\n-- migrate:down\n\\.\n-- "
       "migrate:down\n",
       {"COPY a FROM stdin;"},
       {}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const ParsedMigration parsed =
        Parse(FormatKind::kDbmate, OneFile(one.text));
    EXPECT_EQ(Texts(parsed.up), one.up);
    EXPECT_EQ(Texts(parsed.down), one.down);
    EXPECT_EQ(parsed.up.transaction, one.up_transaction);
    EXPECT_EQ(parsed.down.transaction, one.down_transaction);
    EXPECT_TRUE(parsed.up.present && parsed.down.present);
  }
}

TEST(Dbmate, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string text;
    std::string message;
    int line;
  };
  const Case cases[] = {
      {"", "no '-- migrate:up' in the file", 1},
      {"-- MIGRATE:UP\n", "no '-- migrate:up' in the file", 1},
      {"-- x\na;\n-- migrate:up\n-- migrate:down\n",
       "text before '-- migrate:up'", 2},
      {"a\n-- migrate:up\n-- migrate:down\n", "text before '-- migrate:up'", 1},
      {"-- migrate:down\na;\n-- migrate:up\n",
       "'-- migrate:down' without a '-- migrate:up' before it", 1},
      {"-- migrate:up\n-- migrate:down\n-- migrate:down\n",
       "'-- migrate:down' without a '-- migrate:up' before it", 3},
      {"\n-- migrate:up\na;\n",
       "'-- migrate:up' has no '-- migrate:down' before the file ends", 2},
      {"-- migrate:up\na;\n-- migrate:up\n",
       "'-- migrate:up' has no '-- migrate:down' before the next one begins",
       1},
      {"-- migrate:up\nSELECT 'a;\n-- migrate:down\n",
       "string is not closed: no ' after it", 2},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.text);
    try {
      Parse(FormatKind::kDbmate, OneFile(one.text));
      FAIL() << "was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kParseError);
      EXPECT_EQ(error.what(), one.message);
      EXPECT_EQ(error.where().file, "1_a.sql");
      EXPECT_EQ(error.where().line, one.line);
    }
  }
}

TEST(Pairs, AreOneSectionEach) {
  Migration migration = OneFile("-- +goose Down is no annotation here\na;\nb");
  migration.down = SourceFile{"1_a.down.sql", "c;"};
  const ParsedMigration parsed = Parse(FormatKind::kPairs, migration);
  EXPECT_THAT(Texts(parsed.up), ElementsAre("a;", "b"));
  EXPECT_THAT(Texts(parsed.down), ElementsAre("c;"));
  EXPECT_EQ(parsed.down.path, "1_a.down.sql");
}

TEST(Pairs, MayLackAHalf) {
  Migration migration;
  migration.down = SourceFile{"1_a.down.sql", "-- nothing\n"};
  const ParsedMigration parsed = Parse(FormatKind::kPairs, migration);
  EXPECT_FALSE(parsed.up.present);
  EXPECT_TRUE(parsed.down.present);
  EXPECT_THAT(parsed.down.statements, IsEmpty());
}

TEST(Plain, IsAllUp) {
  const ParsedMigration parsed =
      Parse(FormatKind::kPlain, OneFile("a; -- b\nc;"));
  EXPECT_THAT(Texts(parsed.up), ElementsAre("a;", "c;"));
  EXPECT_FALSE(parsed.down.present);
}

}  // namespace
}  // namespace godwit::migrate
