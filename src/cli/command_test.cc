// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "base/text.h"

namespace godwit::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// Where, in code points, a text begins in its line.
std::size_t ColumnOf(const std::string& help, std::string_view text) {
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(text) && line.size() > text.size())
      return CodePoints(line.substr(0, line.size() - text.size()));
  }
  ADD_FAILURE() << "no line ends in: " << text;
  return 0;
}

TEST(HelpText, ListsEveryCommandInOneColumn) {
  const std::string help = HelpText("", nullptr);
  for (const Command& command : CommandTable()) {
    EXPECT_THAT(help, HasSubstr(Cat("\n  ", command.name,
                                    command.arguments.empty() ? "" : " ",
                                    command.arguments, " ")));
    EXPECT_EQ(ColumnOf(help, command.summary), 22u) << command.name;
  }
}

TEST(HelpText, OfAGroupListsItsCommandsOnly) {
  const std::string help = HelpText("migrate", nullptr);
  for (const Command& command : CommandTable()) {
    if (command.group == "migrate")
      EXPECT_THAT(help, HasSubstr(command.summary));
    else
      EXPECT_THAT(help, Not(HasSubstr(command.summary)));
  }
}

TEST(HelpText, OfACommandListsTheFlagsItTakesAndNoOther) {
  for (const Command& command : CommandTable()) {
    const std::string help = HelpText(command.group, &command);
    EXPECT_THAT(help, HasSubstr(command.summary));
    for (const FlagRow& row : FlagTable()) {
      if (!Takes(command.flags, row)) {
        EXPECT_THAT(help, Not(HasSubstr(row.help))) << command.name;
        continue;
      }
      EXPECT_EQ(ColumnOf(help, row.help), 30u)
          << command.name << ' ' << row.names;
      const std::string_view last = row.names.substr(row.names.rfind(',') + 1);
      EXPECT_THAT(
          help, HasSubstr(Cat(last, row.value.empty() ? "" : " ", row.value)));
    }
  }
}

TEST(HelpText, BeginsWithTheUsage) {
  EXPECT_THAT(
      HelpText("migrate", FindCommand("migrate", "goto")),
      testing::StartsWith("usage: godwit migrate goto VERSION [FLAGS]\n"));
  EXPECT_THAT(HelpText("", FindCommand("", "version")),
              testing::StartsWith("usage: godwit version [FLAGS]\n"));
  EXPECT_THAT(HelpText("migrate", nullptr),
              testing::StartsWith("usage: godwit migrate VERB"));
}

TEST(Commands, AreInTheTableOnceAndCanRun) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Command& command : CommandTable()) {
    EXPECT_TRUE(seen.insert({command.group, command.name}).second)
        << command.name;
    EXPECT_TRUE(command.run);
    EXPECT_EQ(FindCommand(command.group, command.name), &command);
  }
  EXPECT_EQ(FindCommand("migrate", "banana"), nullptr);
}

TEST(Flags, HaveOneRowEach) {
  std::set<std::string> seen;
  for (const FlagRow& row : FlagTable()) {
    std::istringstream names{std::string(row.names)};
    for (std::string name; std::getline(names, name, ',');)
      EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_EQ(row.value.empty(),
              std::holds_alternative<bool Flags::*>(row.field))
        << row.names;
  }
}

}  // namespace
}  // namespace godwit::cli
