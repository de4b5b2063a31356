// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/completion.h"

namespace godwit::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string Dashes(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == '-' ? std::string("\\-") : Cat(c);
  return out;
}

TEST(Manual, HasEveryCommandAndEveryFlagOfItsGroup) {
  for (const command::Command& row : Tool().commands) {
    const std::string page = ManualPage(Tool(), row.group, "1.2.3");
    EXPECT_THAT(page, HasSubstr(Cat(".TP\n\\fB", Dashes(row.name), "\\fR")));
    EXPECT_THAT(page, HasSubstr(Dashes(row.summary)));
    for (const command::FlagRow* flag : FlagsOf(Tool(), row)) {
      for (const std::string_view name : flag->Names())
        EXPECT_THAT(page, HasSubstr(Cat("\\fB", Dashes(name), "\\fR")));
    }
  }
}

TEST(Manual, NamesProgramAndVersion) {
  EXPECT_THAT(ManualPage(Tool(), "", "1.2.3"),
              testing::StartsWith(".TH GODWIT 1 \"\" \"godwit 1.2.3\""));
  const std::string page = ManualPage(Tool(), "migrate", "1.2.3");
  EXPECT_THAT(page, testing::StartsWith(".TH GODWIT-MIGRATE 1 "));
  EXPECT_THAT(page, HasSubstr(".B godwit migrate\n.I VERB\n"));
}

TEST(Manual, HoldsNothingThatTroffWouldTakeForARequest) {
  for (const std::string_view group : {"", "migrate"}) {
    const std::string page = ManualPage(Tool(), group, "1.2.3");
    EXPECT_THAT(page, Not(HasSubstr("\n'")));
    for (const char c : page) EXPECT_GE(static_cast<unsigned char>(c), 10);
    for (const char c : page) EXPECT_LT(static_cast<unsigned char>(c), 127);
  }
}

}  // namespace
}  // namespace godwit::cli
