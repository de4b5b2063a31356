// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_settings.h"

#include <gmock/gmock.h>

namespace godwit::internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PostgresSettings, SchemasAreQuotedWhereTheyMustBe) {
  EXPECT_EQ(QuoteSearchPath({"core", "public"}), "core, public");
  EXPECT_EQ(QuoteSearchPath({"My \"own\", 1", "$user", "1", ""}),
            "\"My \"\"own\"\", 1\", \"$user\", \"1\", \"\"");
}

std::vector<std::string> Names(const PostgresSettings& settings) {
  std::vector<std::string> names;
  for (const Setting& setting : SettingsToApply(settings))
    names.push_back(setting.name);
  return names;
}

TEST(PostgresSettings, OnlyWhatIsAskedForIsSent) {
  EXPECT_THAT(Names({}), IsEmpty());
  EXPECT_THAT(Names({.ping = true}), ElementsAre(""));
  EXPECT_THAT(Names({.search_path = {"core", "public"},
                     .role = "app",
                     .statement_timeout = std::chrono::milliseconds(500),
                     .ping = true}),
              ElementsAre("search_path core, public", "role app",
                          "statement_timeout 500 ms"));
  EXPECT_THAT(QueriesToClear({.ping = true}), IsEmpty());
  EXPECT_EQ(QueriesToClear({.search_path = {"a"}, .role = "b"}).size(), 2u);
}

TEST(PostgresSettings, AFailureNamesTheSettingAndTheServersReason) {
  ErrorInfo error;
  error.message = "permission denied";
  error.sqlstate = "42501";
  const Setting setting =
      SettingsToApply({.search_path = {"core", "public"}}).at(0);
  const ErrorInfo told =
      ExplainSetting(setting, "postgres://ada@db:5432/app", error);
  EXPECT_EQ(told.code, ErrorCode::kSearchPathFailed);
  EXPECT_EQ(told.message,
            "cannot set search_path core, public on "
            "postgres://ada@db:5432/app: permission denied");
  EXPECT_EQ(told.sqlstate, "42501");
  EXPECT_EQ(told.state, "the connection was closed");
}

struct Case {
  const char* sql;
  bool changes;
};

class MayChangeSessionTest : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    Table, MayChangeSessionTest,
    testing::Values(
        Case{"", false}, Case{"-- nothing", false}, Case{"SELECT 1", false},
        Case{"/* a /* b */ c */ select 1", false}, Case{"(SELECT 1)", false},
        Case{"WITH a AS (SELECT 1) SELECT * FROM a", false},
        Case{"INSERT INTO t VALUES ('SET x')", false},
        Case{"BEGIN ISOLATION LEVEL SERIALIZABLE", false},
        Case{"SET LOCAL work_mem = '1MB'", false},
        Case{"set\n  transaction read only", false},
        Case{"CREATE TABLE t (a int)", false},
        Case{"ALTER TABLE t ADD b int", false},
        Case{"SET work_mem = '1MB'", true}, Case{"SET LOCALE_X = 1", true},
        Case{"RESET ALL", true}, Case{"-- x\nSET a.b = 1", true},
        Case{"PREPARE p AS SELECT 1", true}, Case{"LISTEN jobs", true},
        Case{"DECLARE c CURSOR WITH HOLD FOR SELECT 1", true},
        Case{"CREATE TEMP TABLE t (a int)", true},
        Case{"CREATE TEMPORARY VIEW v AS SELECT 1", true},
        Case{"CREATE TABLE pg_temp.t (a int)", true},
        Case{"SELECT 1 AS a INTO TEMP t", true},
        Case{"DO $$ BEGIN END $$", true}, Case{"CALL p()", true},
        Case{"DISCARD ALL", true}, Case{"LOAD 'x'", true},
        Case{"SELECT Set_Config('a.b', '1', false)", true},
        Case{"SELECT pg_try_advisory_lock(1)", true},
        Case{"SELECT pg_advisory_xact_lock(1)", false}, Case{"selection", true},
        Case{"/* never ends", false}));

TEST_P(MayChangeSessionTest, Says) {
  EXPECT_EQ(MayChangeSession(GetParam().sql), GetParam().changes)
      << GetParam().sql;
}

}  // namespace
}  // namespace godwit::internal
