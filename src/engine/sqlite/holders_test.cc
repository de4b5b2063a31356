// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/holders.h"

#include <gmock/gmock.h>

namespace godwit::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Holders, AreThoseWhoKeepOthersFromWriting) {
  constexpr FileIdentity kDatabase{0xfd, 0x10, 1234};
  constexpr FileIdentity kSharedMemory{0xfd, 0x10, 1235};
  constexpr std::string_view kLocks =
      "1: POSIX  ADVISORY  WRITE 71 fd:10:1234 1073741825 1073741825\n"
      "1: -> POSIX  ADVISORY  WRITE 72 fd:10:1234 1073741825 1073741825\n"
      "2: POSIX  ADVISORY  READ 73 fd:10:1234 1073741826 1073742335\n"
      "3: POSIX  ADVISORY  WRITE 71 fd:10:1234 1073741824 1073741824\n"
      "4: FLOCK  ADVISORY  WRITE 74 fd:10:1234 0 EOF\n"
      "5: POSIX  ADVISORY  WRITE 75 fd:11:1234 1073741825 1073741825\n"
      "6: POSIX  ADVISORY  WRITE 76 fd:10:1235 120 120\n"
      "7: POSIX  ADVISORY  WRITE 77 fd:10:1235 123 123\n"
      "8: OFDLCK ADVISORY  WRITE -1 fd:10:1234 1073741825 1073741825\n"
      "a line of another form\n";
  EXPECT_THAT(WritersIn(kLocks, kDatabase, kSharedMemory), ElementsAre(71, 76));
  EXPECT_THAT(WritersIn(kLocks, kDatabase, {}), ElementsAre(71));
  EXPECT_THAT(WritersIn("", kDatabase, kSharedMemory), IsEmpty());
}

TEST(Holders, OfAFileThatIsNotThereAreNone) {
  EXPECT_EQ(DescribeWriters("/nowhere/app.db"), "");
  EXPECT_EQ(DescribeWriters(""), "");
}

}  // namespace
}  // namespace godwit::engine
