// SPDX-License-Identifier: Apache-2.0
#include "config/version_map.h"

#include <gmock/gmock.h>

#include "godwit/error.h"

namespace godwit::config {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(VersionMap, GivesVersionsNumbersOrLeavesThemOut) {
  EXPECT_THAT(ParseVersionMap("\"1.2\": 12\nae10: 3\nshop.0001_a: ~\n", "m"),
              ElementsAre(Pair("1.2", 12), Pair("ae10", 3),
                          Pair("shop.0001_a", std::nullopt)));
}

TEST(VersionMap, RefusesWhatIsNoMap) {
  for (const char* text : {"- 1\n", "a: b\n", "a: -1\n", "a: [1]\n", "a: 1.5\n",
                           "a: 1\na: 2\n", "a: {\n", "", "x"}) {
    try {
      ParseVersionMap(text, "map.yaml");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kConfig) << text;
      EXPECT_EQ(error.where().file, "map.yaml") << text;
    }
  }
}

}  // namespace
}  // namespace godwit::config
