// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "cli/commands.h"

namespace godwit::cli {
namespace {

using testing::HasSubstr;

// What a script has of a flag: fish leaves the dashes out.
std::string InFish(std::string_view name) {
  return name.starts_with("--") ? Cat("-l ", name.substr(2), " ")
                                : Cat("-s ", name.substr(1), " ");
}

TEST(Completion, KnowsEveryCommandAndEveryFlagInEveryShell) {
  const std::string bash = BashCompletion(Tool());
  const std::string zsh = ZshCompletion(Tool());
  const std::string fish = FishCompletion(Tool());
  for (const command::Command& row : Tool().commands) {
    const std::string path =
        Cat(row.group, row.group.empty() ? "" : " ", row.name);
    EXPECT_THAT(bash, HasSubstr(Cat("    ' ", path, "'"))) << path;
    EXPECT_THAT(zsh, HasSubstr(Cat("      ", row.name, ")\n"))) << path;
    EXPECT_THAT(fish, HasSubstr(Cat(" -a ", row.name, " -d "))) << path;
    for (const command::FlagRow* flag : FlagsOf(Tool(), row)) {
      for (const std::string_view name : flag->Names()) {
        EXPECT_THAT(bash, HasSubstr(name));
        EXPECT_THAT(zsh, HasSubstr(Cat(")", name)));
        EXPECT_THAT(fish, HasSubstr(InFish(name)));
      }
    }
  }
}

TEST(Completion, KnowsTheWordsThatAFlagTakes) {
  for (const command::FlagRow& row : command::FlagTable()) {
    if (row.words.empty()) continue;
    EXPECT_EQ(ValuesOf(row).words, row.words);
    for (const std::string& script :
         {BashCompletion(Tool()), ZshCompletion(Tool()),
          FishCompletion(Tool())})
      EXPECT_THAT(script, HasSubstr(row.words)) << row.names;
    // The help names the same words.
    std::string_view rest = row.words;
    while (!rest.empty()) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      EXPECT_THAT(std::string(row.help), HasSubstr(word)) << row.names;
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
  }
}

TEST(Completion, TellsFilesFromFoldersFromWords) {
  const auto of = [](std::string_view name) {
    for (const command::FlagRow& row : command::FlagTable()) {
      if (row.Names().back() == name) return ValuesOf(row).kind;
    }
    return Values::Kind::kNone;
  };
  EXPECT_EQ(of("--config"), Values::Kind::kFiles);
  EXPECT_EQ(of("--dir"), Values::Kind::kFolders);
  EXPECT_EQ(of("--format"), Values::Kind::kWords);
  EXPECT_EQ(of("--to"), Values::Kind::kAny);
  EXPECT_EQ(of("--json"), Values::Kind::kNone);
  EXPECT_EQ(ArgumentsOf(*Tool().Find("migrate", "parse")).kind,
            Values::Kind::kFiles);
  EXPECT_EQ(ArgumentsOf(*Tool().Find("", "completion")).words, "bash zsh fish");
}

}  // namespace
}  // namespace godwit::cli
