// SPDX-License-Identifier: Apache-2.0
#include "base/duration.h"

#include <gmock/gmock.h>

namespace godwit {
namespace {

using std::chrono::microseconds;

TEST(Duration, IsReadWithItsUnit) {
  struct Case {
    std::string_view text;
    std::int64_t milliseconds;
  };
  constexpr Case kCases[] = {{"60s", 60'000},   {"500ms", 500}, {"2m", 120'000},
                             {"1h", 3'600'000}, {"0", 0},       {"3", 3'000},
                             {"1.5s", 1'500},   {".5s", 500},   {"0.2ms", 0},
                             {"1e2ms", 100}};
  for (const Case& row : kCases) {
    const auto duration = ParseDuration(row.text);
    ASSERT_TRUE(duration) << row.text;
    EXPECT_EQ(duration->count(), row.milliseconds) << row.text;
  }
}

TEST(Duration, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"",     " ",    "s",        "-1s",    "-1",           "5 s",
        " 5s",  "5s ",  "5S",       "1h30m",  "5d",           "5us",
        "nan",  "inf",  "infinity", "1e300h", "99999999999h", "0x5s",
        "5,5s", "five", "+5s"}) {
    EXPECT_FALSE(ParseDuration(text)) << text;
  }
}

TEST(Duration, IsShownAsPeopleSayIt) {
  struct Case {
    std::int64_t microseconds;
    std::string_view shown;
  };
  constexpr Case kCases[] = {{0, "0.0 ms"},
                             {1'900, "1.9 ms"},
                             {42'000, "42 ms"},
                             {999'400, "999 ms"},
                             {1'000'000, "1.0 s"},
                             {2'340'000, "2.3 s"},
                             {119'900'000, "119.9 s"},
                             {245'000'000, "4 min 5 s"},
                             {7'200'000'000, "120 min 0 s"}};
  for (const Case& row : kCases)
    EXPECT_EQ(ShowDuration(microseconds(row.microseconds)), row.shown);
}

}  // namespace
}  // namespace godwit
