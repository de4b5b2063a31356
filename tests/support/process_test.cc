// SPDX-License-Identifier: Apache-2.0
#include "support/process.h"

#include <gmock/gmock.h>

#include "support/folder.h"

namespace godwit::test {
namespace {

TEST(Process, GivesExitCodeAndBothOutputs) {
  const Outcome outcome =
      RunProcess({"sh", "-c", "cat; echo bad >&2; exit 3"}, {.input = "hello"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.out, "hello");
  EXPECT_EQ(outcome.err, "bad\n");
}

TEST(Process, SetsAndUnsetsVariables) {
  const Outcome outcome =
      RunProcess({"sh", "-c", "echo \"$A-${HOME:-none}\""},
                 {.environment = {{"A", "1"}, {"HOME", std::nullopt}}});
  EXPECT_EQ(outcome.out, "1-none\n");
}

TEST(Process, IsKilledWhileItRuns) {
  Process process = Process::Start({"sleep", "60"});
  EXPECT_TRUE(process.Running());
  process.Kill(SIGTERM);
  const Outcome outcome = process.Wait();
  EXPECT_EQ(outcome.signal, SIGTERM);
  EXPECT_EQ(outcome.exit_code, 128 + SIGTERM);
}

TEST(Process, AProgramThatIsNotThereIs127) {
  EXPECT_EQ(RunProcess({"godwit-no-such-program"}).exit_code, 127);
}

TEST(Process, RunsInAFolderAndHoldsMuchOutput) {
  const TempFolder folder;
  folder.Write("a/b.txt", "x");
  EXPECT_EQ(RunProcess({"ls", "a"}, {.folder = folder.path()}).out, "b.txt\n");
  EXPECT_EQ(RunProcess({"head", "-c", "3000000", "/dev/zero"}).out.size(),
            3'000'000u);
}

}  // namespace
}  // namespace godwit::test
