// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/newer.h"

#include <gmock/gmock.h>

namespace godwit::engine {
namespace {

std::string Help(std::string message, int version,
                 std::string sqlstate = "42883") {
  ErrorInfo error;
  error.sqlstate = std::move(sqlstate);
  error.message = std::move(message);
  return HelpForOldServer(error, version);
}

TEST(NewerFunctions, M10NameTheVersionThatHasThem) {
  EXPECT_EQ(Help("function uuidv7() does not exist", 150018),
            "uuidv7() came with PostgreSQL 18, and this server is version 15: "
            "migrate on a newer server, or make a function of that name");
  EXPECT_NE(Help("function any_value(text) does not exist", 130023), "");
  EXPECT_NE(
      Help("function pg_catalog.date_bin(unknown) does not exist", 130023), "");
}

TEST(NewerFunctions, OtherErrorsAreLeftAlone) {
  EXPECT_EQ(Help("function uuidv7(integer) does not exist", 180004), "");
  EXPECT_EQ(Help("function my_own() does not exist", 150018), "");
  EXPECT_EQ(Help("operator does not exist: text + integer", 150018), "");
  EXPECT_EQ(Help("function uuidv7() does not exist", 150018, "42P01"), "");
}

}  // namespace
}  // namespace godwit::engine
