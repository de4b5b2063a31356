// SPDX-License-Identifier: Apache-2.0
// docs/migrate.md names what the tables of commands, flags and codes hold.
#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "command/command.h"
#include "godwit/error.h"
#include "support/folder.h"

namespace godwit::command {
namespace {

const std::string& Page() {
  static const std::string page =
      test::ReadFile(GODWIT_SOURCE_DIR "/docs/migrate.md");
  return page;
}

// Whether the page has the text at the beginning of a piece of code.
bool Names(std::string_view text) {
  for (std::size_t at = Page().find(Cat('`', text)); at != std::string::npos;
       at = Page().find(Cat('`', text), at + 1)) {
    const char next = Page()[at + 1 + text.size()];
    if (next == '`' || next == ' ') return true;
  }
  return false;
}

TEST(MigratePage, NamesEveryCommandOfTheGroupWithItsArguments) {
  for (const Command& command : MigrateCommands()) {
    const std::string line =
        Cat("\n| `", command.name, command.arguments.empty() ? "" : " ",
            command.arguments, "` |");
    EXPECT_NE(Page().find(line), std::string::npos) << line;
  }
}

TEST(MigratePage, NamesEveryFlagWithItsValue) {
  std::uint32_t taken = kProject;
  for (const Command& command : MigrateCommands()) taken |= command.flags;
  for (const FlagRow& row : FlagTable()) {
    if (row.set != kEvery && (row.set & taken) == 0) continue;
    std::istringstream names{std::string(row.names)};
    for (std::string name; std::getline(names, name, ',');) {
      const bool is_short = name.size() == 2;
      // --as has its two words in the place of its value's name.
      const bool has_words = row.value.empty() || is_short || name == "--as";
      EXPECT_TRUE(Names(has_words ? name : Cat(name, ' ', row.value))) << name;
    }
  }
}

TEST(MigratePage, NamesEveryCodeThatMigrationsCanEndWith) {
  constexpr ErrorCode kOfOthers[] = {
      ErrorCode::kStatementFailed, ErrorCode::kSearchPathFailed,
      ErrorCode::kPoolTimeout,     ErrorCode::kDestructive,
      ErrorCode::kRowsDoNotFit,    ErrorCode::kPlanFailed,
      ErrorCode::kDevNotEmpty};
  for (int i = 0; i <= static_cast<int>(ErrorCode::kUnsupported); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    const bool of_others = std::find(std::begin(kOfOthers), std::end(kOfOthers),
                                     code) != std::end(kOfOthers);
    EXPECT_TRUE(of_others || Names(Word(code))) << Word(code);
  }
}

TEST(MigratePage, PromisesNoFlagThatIsNotThere) {
  for (std::size_t at = Page().find("`--"); at != std::string::npos;
       at = Page().find("`--", at + 1)) {
    const std::size_t end = Page().find_first_of("` ", at + 1);
    const std::string flag = Page().substr(at + 1, end - at - 1);
    if (flag == "--") continue;  // an SQL comment
    const bool there = std::any_of(
        FlagTable().begin(), FlagTable().end(), [&](const FlagRow& row) {
          return Cat(',', row.names, ',').find(Cat(',', flag, ',')) !=
                 std::string::npos;
        });
    EXPECT_TRUE(there) << flag;
  }
}

}  // namespace
}  // namespace godwit::command
