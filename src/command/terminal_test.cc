// SPDX-License-Identifier: Apache-2.0
#include "command/terminal.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>

namespace godwit::command {
namespace {

// What Look says while both outputs are a terminal.
Terminal LookAtATerminal(bool no_color) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  EXPECT_EQ(grantpt(master) + unlockpt(master), 0);
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  std::fflush(stdout);
  const int out = dup(STDOUT_FILENO);
  const int err = dup(STDERR_FILENO);
  dup2(slave, STDOUT_FILENO);
  dup2(slave, STDERR_FILENO);
  const Terminal terminal = Terminal::Look(no_color);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  for (const int descriptor : {out, err, slave, master}) close(descriptor);
  return terminal;
}

struct TerminalTest : testing::Test {
  TerminalTest() { unsetenv("NO_COLOR"); }
  ~TerminalTest() override { unsetenv("NO_COLOR"); }
};

TEST_F(TerminalTest, ATerminalHasColours) {
  const Terminal terminal = LookAtATerminal(false);
  EXPECT_TRUE(terminal.is_terminal_out);
  EXPECT_TRUE(terminal.colours_out);
  EXPECT_TRUE(terminal.colours_err);
}

TEST_F(TerminalTest, NoColorSaysNo) {
  EXPECT_FALSE(LookAtATerminal(true).colours_out);
  setenv("NO_COLOR", "1", 1);
  const Terminal terminal = LookAtATerminal(false);
  EXPECT_FALSE(terminal.colours_out);
  EXPECT_FALSE(terminal.colours_err);
  EXPECT_TRUE(terminal.is_terminal_out);
}

TEST_F(TerminalTest, AnEmptyNoColorSaysNothing) {
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(LookAtATerminal(false).colours_out);
}

TEST_F(TerminalTest, EachStreamIsPaintedForItself) {
  const Terminal terminal{.colours_out = true};
  EXPECT_EQ(terminal.Out(Colour::kRed, "x"), "\x1b[31mx\x1b[0m");
  EXPECT_EQ(terminal.Out(Colour::kNone, "x"), "x");
  EXPECT_EQ(terminal.Err(Colour::kRed, "x"), "x");
}

}  // namespace
}  // namespace godwit::command
