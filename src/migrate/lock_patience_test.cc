// SPDX-License-Identifier: Apache-2.0
#include "migrate/lock_patience.h"

#include <gmock/gmock.h>

namespace godwit::migrate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(LockPatience, PausesGrowAndDiffer) {
  struct Case {
    int refusals;
    std::uint32_t random;
    milliseconds pause;
  };
  constexpr Case kCases[] = {
      {1, 0, milliseconds(100)},     {1, 199, milliseconds(299)},
      {1, 200, milliseconds(100)},   {2, 0, milliseconds(200)},
      {3, 0, milliseconds(400)},     {4, 799, milliseconds(1599 - 0)},
      {5, 0, milliseconds(1000)},    {50, 1999, milliseconds(2999)},
      {50, 2000, milliseconds(1000)}};
  for (const Case& c : kCases)
    EXPECT_EQ(PauseAfter(c.refusals, c.random), c.pause)
        << c.refusals << ", " << c.random;
}

TEST(LockPatience, EndsAndBeginsAnewWithAnotherUnit) {
  const LockPatience::Clock::time_point start{};
  LockPatience patience{seconds(10)};
  EXPECT_TRUE(patience.Next(3, start));
  EXPECT_EQ(patience.Tried(start), "");
  EXPECT_TRUE(patience.Next(3, start + seconds(6)));
  EXPECT_FALSE(patience.Next(3, start + seconds(10)));
  EXPECT_EQ(patience.Tried(start + seconds(10)), "tried 3 times in 10 s");
  EXPECT_TRUE(patience.Next(4, start + seconds(10)));
  EXPECT_EQ(patience.Tried(start + seconds(10)), "");
}

TEST(LockPatience, NoneAtAll) {
  LockPatience patience{seconds(0)};
  EXPECT_FALSE(patience.Next(0, {}));
}

}  // namespace
}  // namespace godwit::migrate
