// SPDX-License-Identifier: Apache-2.0
#include "command/error_report.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "command/exit_status.h"

namespace godwit::command {
namespace {

// The line of the excerpt and that of the caret.
std::string Excerpt(std::string line, int column) {
  ErrorInfo info;
  info.message = "m";
  info.where = {"f.sql", 7, column, std::move(line)};
  const std::string shown = ShowError("godwit", info, {});
  return shown.substr(shown.find(" 7 |"));
}

ErrorInfo Example() {
  ErrorInfo info;
  info.code = ErrorCode::kMigrationFailed;
  info.message =
      "migration 20 add_email failed: column \"emial\" does not exist";
  info.where = {"db/migrations/00020_add_email.sql", 7, 31,
                "CREATE INDEX users_email ON users(emial);"};
  info.where.column = 35;
  info.sqlstate = "42703";
  info.condition = "undefined_column";
  info.hint = "Perhaps you meant to reference the column \"users.email\".";
  info.version = 20;
  info.state =
      "version 20 was rolled back; versions 1-19 are applied; nothing else ran";
  info.help = "fix the file and run 'godwit migrate up' again";
  return info;
}

TEST(ErrorReport, HasTheShapeOfTheContract) {
  EXPECT_EQ(ShowError("godwit", Example(), {}),
            "godwit: error: migration 20 add_email failed: column \"emial\" "
            "does not exist\n"
            "  --> db/migrations/00020_add_email.sql:7:35\n"
            "   |\n"
            " 7 | CREATE INDEX users_email ON users(emial);\n"
            "   |                                   ^\n"
            "  server: 42703 undefined_column; hint: Perhaps you meant to "
            "reference the column "
            "\"users.email\".\n"
            "  state: version 20 was rolled back; versions 1-19 are applied; "
            "nothing else ran\n"
            "  help: fix the file and run 'godwit migrate up' again\n");
}

TEST(ErrorReport, TheDocumentHasTheKeysOfTheContract) {
  EXPECT_EQ(ErrorJson(Example()),
            "{\"error\":{\"code\":\"migration_failed\",\"message\":\"migration "
            "20 add_email failed: "
            "column \\\"emial\\\" does not exist\","
            "\"file\":\"db/migrations/"
            "00020_add_email.sql\",\"line\":7,\"column\":35,\"sqlstate\":"
            "\"42703\",\"condition\":"
            "\"undefined_column\","
            "\"hint\":\"Perhaps you meant to reference the column "
            "\\\"users.email\\\".\",\"version\":20,"
            "\"state\":\"version 20 was rolled back; versions 1-19 are "
            "applied; nothing else ran\","
            "\"help\":\"fix the file and run 'godwit migrate up' again\"}}");
  EXPECT_EQ(ErrorJson(Error(ErrorCode::kUsage, "no").info()),
            "{\"error\":{\"code\":\"usage\",\"message\":\"no\"}}");
}

TEST(ErrorReport, LeavesOutWhatIsUnknown) {
  ErrorInfo info = Error(ErrorCode::kUsage, "no database is named").info();
  EXPECT_EQ(ShowError("godwit", info, {}),
            "godwit: error: no database is named\n");
  info.where.file = "m/1_a.sql";
  EXPECT_EQ(ShowError("godwit", info, {}),
            "godwit: error: no database is named\n  --> m/1_a.sql\n");
  info.where.line = 3;
  EXPECT_EQ(ShowError("godwit", info, {}),
            "godwit: error: no database is named\n  --> m/1_a.sql:3\n");
  info.where.excerpt = "SELECT 1";
  EXPECT_EQ(ShowError("godwit", info, {}),
            "godwit: error: no database is named\n  --> m/1_a.sql:3\n   |\n 3 "
            "| SELECT 1\n");
}

TEST(ErrorReport, TheMarginIsAsWideAsTheLinesNumber) {
  ErrorInfo info = Error(ErrorCode::kUsage, "m").info();
  info.where = {"f.sql", 1234, 1, "x"};
  EXPECT_EQ(
      ShowError("godwit", info, {}),
      "godwit: error: m\n  --> f.sql:1234:1\n      |\n 1234 | x\n      | ^\n");
}

TEST(ErrorReport, TheCaretCountsCodePoints) {
  EXPECT_EQ(Excerpt("'grün' x", 8), " 7 | 'grün' x\n   |        ^\n");
  EXPECT_EQ(Excerpt("'日本' x", 6), " 7 | '日本' x\n   |      ^\n");
  EXPECT_EQ(Excerpt("… x", 3), " 7 | … x\n   |   ^\n");
}

TEST(ErrorReport, WhatSteersATerminalIsABlank) {
  EXPECT_EQ(Excerpt("\t\tx", 3), " 7 |   x\n   |   ^\n");
  EXPECT_EQ(Excerpt("a\x1b[31mb\r", 7), " 7 | a [31mb \n   |       ^\n");
}

TEST(ErrorReport, OfAVeryLongLineOnlyTheSurroundingsAreShown) {
  const std::string line = std::string(500, 'a') + "X" + std::string(500, 'b');
  EXPECT_EQ(Excerpt(line, 501),
            Cat(" 7 | …", std::string(50, 'a'), "X", std::string(49, 'b'),
                "…\n   | ", std::string(51, ' '), "^\n"));
  EXPECT_EQ(Excerpt(std::string(10, 'a') + "X" + std::string(500, 'b'), 11),
            Cat(" 7 | ", std::string(10, 'a'), "X", std::string(89, 'b'),
                "…\n   | ", std::string(10, ' '), "^\n"));
  EXPECT_EQ(Excerpt(std::string(500, 'a') + "X", 501),
            Cat(" 7 | …", std::string(99, 'a'), "X\n   | ",
                std::string(100, ' '), "^\n"));
  EXPECT_EQ(Excerpt(std::string(100, 'a'), 100),
            Cat(" 7 | ", std::string(100, 'a'), "\n   | ", std::string(99, ' '),
                "^\n"));
}

TEST(ErrorReport, ALongLineIsCutBetweenCodePoints) {
  std::string line;
  for (int i = 0; i < 300; ++i) line += "ü";
  std::string shown;
  for (int i = 0; i < 100; ++i) shown += "ü";
  EXPECT_EQ(Excerpt(line, 151),
            Cat(" 7 | …", shown, "…\n   | ", std::string(51, ' '), "^\n"));
}

TEST(ErrorReport, SQLitesCodeAndWhatElseIsKnownStandBehindOneAnother) {
  ErrorInfo info = Error(ErrorCode::kMigrationFailed, "m").info();
  info.sqlite_code = 2067;
  info.condition = "SQLITE_CONSTRAINT_UNIQUE";
  info.constraint = "users.email";
  info.detail = "d";
  EXPECT_EQ(ShowError("godwit", info, {}),
            "godwit: error: m\n  server: 2067 SQLITE_CONSTRAINT_UNIQUE; "
            "constraint: users.email; "
            "detail: d\n");
}

TEST(ErrorReport, HasColoursAtATerminal) {
  ErrorInfo info = Error(ErrorCode::kUsage, "m", "h").info();
  EXPECT_EQ(ShowError("godwit", info, {.colours_err = true}),
            "\x1b[1mgodwit: \x1b[0m\x1b[31merror:\x1b[0m m\n\x1b[2m  help: "
            "\x1b[0mh\n");
  EXPECT_EQ(ShowError("godwit", info, {.colours_out = true}),
            "godwit: error: m\n  help: h\n");
}

TEST(ExitStatus, FollowsTheCode) {
  EXPECT_EQ(ExitStatus(Error(ErrorCode::kMigrationFailed, "")), 1);
  EXPECT_EQ(ExitStatus(Error(ErrorCode::kInternal, "")), 1);
  EXPECT_EQ(ExitStatus(Error(ErrorCode::kUsage, "")), 2);
  EXPECT_EQ(ExitStatus(Error(ErrorCode::kUnsupported, "")), 2);
}

}  // namespace
}  // namespace godwit::command
