// SPDX-License-Identifier: Apache-2.0
#include "command/command.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace godwit::command {
namespace {

using testing::HasSubstr;
using testing::Not;

// The group, and a command of its own beside it.
const Program& Tool() {
  static const std::vector<Command> commands = [] {
    const std::span<const Command> group = MigrateCommands();
    std::vector<Command> all(group.begin(), group.end());
    all.push_back({"", "version", "", 0, 0, kEvery, "the version of godwit",
                   [](const Call&) { return 0; }});
    return all;
  }();
  static const Program tool = {"godwit", "", commands, nullptr};
  return tool;
}

const Program& Application() {
  static const Program application = {"app", "app migrate", MigrateCommands(),
                                      nullptr};
  return application;
}

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
  const std::string help = HelpText(Tool(), "", nullptr);
  for (const Command& command : Tool().commands) {
    EXPECT_THAT(help, HasSubstr(Cat("\n  ", command.name,
                                    command.arguments.empty() ? "" : " ",
                                    command.arguments, " ")));
    EXPECT_EQ(ColumnOf(help, command.summary), 22u) << command.name;
  }
}

TEST(HelpText, OfAGroupListsItsCommandsOnly) {
  const std::string help = HelpText(Tool(), "migrate", nullptr);
  for (const Command& command : Tool().commands) {
    if (command.group == "migrate")
      EXPECT_THAT(help, HasSubstr(command.summary));
    else
      EXPECT_THAT(help, Not(HasSubstr(command.summary)));
  }
}

TEST(HelpText, OfACommandListsTheFlagsItTakesAndNoOther) {
  for (const Command& command : Tool().commands) {
    const std::string help = HelpText(Tool(), command.group, &command);
    EXPECT_THAT(help, HasSubstr(command.summary));
    for (const FlagRow& row : FlagTable()) {
      if (!Tool().Takes(command, row)) {
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
      HelpText(Tool(), "migrate", Tool().Find("migrate", "goto")),
      testing::StartsWith("usage: godwit migrate goto VERSION [FLAGS]\n"));
  EXPECT_THAT(HelpText(Tool(), "", Tool().Find("", "version")),
              testing::StartsWith("usage: godwit version [FLAGS]\n"));
  EXPECT_THAT(HelpText(Tool(), "migrate", nullptr),
              testing::StartsWith("usage: godwit migrate VERB"));
}

TEST(HelpText, OfAnApplicationNamesItAndNotTheTool) {
  const std::string group = HelpText(Application(), "migrate", nullptr);
  EXPECT_THAT(group, testing::StartsWith("usage: app migrate VERB"));
  EXPECT_THAT(group,
              testing::EndsWith("\n'app migrate VERB --help' shows a command's "
                                "flags.\n"));
  const std::string up =
      HelpText(Application(), "migrate", Application().Find("migrate", "up"));
  EXPECT_THAT(up, testing::StartsWith("usage: app migrate up [FLAGS]\n"));
  EXPECT_THAT(up, HasSubstr("instead of those in the program"));
  for (const std::string& help : {group, up}) {
    EXPECT_THAT(help, Not(HasSubstr("godwit")));
    EXPECT_THAT(help, Not(HasSubstr("project file")));
  }
}

TEST(Commands, AreInTheTableOnceAndCanRun) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Command& command : Tool().commands) {
    EXPECT_TRUE(seen.insert({command.group, command.name}).second)
        << command.name;
    EXPECT_TRUE(command.run);
    EXPECT_EQ(Tool().Find(command.group, command.name), &command);
  }
  EXPECT_EQ(Tool().Find("migrate", "banana"), nullptr);
}

TEST(Flags, HaveOneRowACommand) {
  for (const Command& command : Tool().commands) {
    std::set<std::string> seen;
    for (const FlagRow& row : FlagTable()) {
      if (!Tool().Takes(command, row)) continue;
      std::istringstream names{std::string(row.names)};
      for (std::string name; std::getline(names, name, ',');)
        EXPECT_TRUE(seen.insert(name).second) << command.name << ' ' << name;
    }
  }
}

TEST(Flags, HaveAValueWhereTheyHaveAName) {
  for (const FlagRow& row : FlagTable()) {
    EXPECT_EQ(row.value.empty(),
              std::holds_alternative<bool Flags::*>(row.field))
        << row.names;
  }
}

}  // namespace
}  // namespace godwit::command
