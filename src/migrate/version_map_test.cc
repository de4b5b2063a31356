// SPDX-License-Identifier: Apache-2.0
#include "migrate/version_map.h"

#include <gmock/gmock.h>

namespace godwit::migrate {
namespace {

TEST(PrecedesDotted, ComparesPartByPartAsNumbers) {
  const std::vector<std::string> ascending = {
      "0.9", "1", "1.0.1", "1.2", "1.2.3", "1.10", "2", "20240101120000"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j)
      EXPECT_EQ(PrecedesDotted(ascending[i], ascending[j]), i < j)
          << ascending[i] << " and " << ascending[j];
  }
  EXPECT_FALSE(PrecedesDotted("1", "1.0"));
  EXPECT_FALSE(PrecedesDotted("1.0", "1"));
}

TEST(ProposeMap, KeepsTheOrderAndLeavesRoom) {
  EXPECT_EQ(ProposeMap({"2", "1.10", "1.2"}),
            "\n\"1.2\": 102\n\"1.10\": 110\n\"2\": 200");
  EXPECT_EQ(ProposeMap({"1.2.3", "1.2"}), "\n\"1.2\": 10200\n\"1.2.3\": 10203");
  EXPECT_EQ(ProposeMap({"1.200"}), "\n\"1.200\": 1200");
  EXPECT_EQ(ProposeMap({"ae1027", "1975ea"}), "\n\"ae1027\": 1\n\"1975ea\": 2");
  EXPECT_EQ(ProposeMap({"1.20240101120000", "1.1"}),
            "\n\"1.1\": 1\n\"1.20240101120000\": 2");
  EXPECT_EQ(ProposeMap({"1", "2", "3", "4", "5", "6"}),
            "\n\"1\": 1\n\"2\": 2\n\"3\": 3\n\"4\": 4\n\"5\": 5\n…");
}

}  // namespace
}  // namespace godwit::migrate
