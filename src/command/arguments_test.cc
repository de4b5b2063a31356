// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "command/command.h"
#include "godwit/error.h"

namespace godwit::command {
namespace {

using testing::ElementsAre;
using Words = std::vector<std::string>;

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

Invocation Parse(const Words& words) {
  return ParseArguments(Tool(), words);
}

TEST(Arguments, FlagsStandBeforeAndAfterTheVerb) {
  const Words spellings[] = {
      {"migrate", "up", "--url", "a.db", "--json"},
      {"--json", "--url", "a.db", "migrate", "up"},
      {"migrate", "--url", "a.db", "up", "--json"},
      {"--url=a.db", "migrate", "--json", "up"},
      {"migrate", "up", "--db-dsn", "a.db", "--json"},
      {"migrate", "up", "--db-dsn=a.db", "--json"},
      {"migrate", "up", "--url", "b.db", "--url", "a.db", "--json"}};
  for (const Words& words : spellings) {
    const Invocation invocation = Parse(words);
    ASSERT_TRUE(invocation.command) << words[0];
    EXPECT_EQ(invocation.command->name, "up");
    EXPECT_EQ(invocation.flags.url, "a.db");
    EXPECT_TRUE(invocation.flags.json);
  }
}

TEST(Arguments, AFlagsValueIsNoVerb) {
  const Invocation invocation = Parse(
      {"--env", "migrate", "migrate", "--dir", "down", "status", "-c", "up"});
  EXPECT_EQ(invocation.command->name, "status");
  EXPECT_EQ(invocation.flags.env, "migrate");
  EXPECT_EQ(invocation.flags.dir, "down");
  EXPECT_EQ(invocation.flags.config, "up");
}

TEST(Arguments, ShortFlagsAreTheLongOnes) {
  const Flags flags =
      Parse({"migrate", "up", "-c", "p.yaml", "-q", "-v"}).flags;
  EXPECT_EQ(flags.config, "p.yaml");
  EXPECT_TRUE(flags.quiet);
  EXPECT_TRUE(flags.verbose);
}

TEST(Arguments, BehindTwoDashesStandArguments) {
  EXPECT_THAT(Parse({"migrate", "force", "--", "-1"}).flags.arguments,
              ElementsAre("-1"));
  EXPECT_THAT(Parse({"migrate", "parse", "a.sql", "--", "--json", "-x.sql"})
                  .flags.arguments,
              ElementsAre("a.sql", "--json", "-x.sql"));
  EXPECT_FALSE(Parse({"migrate", "parse", "--", "--json"}).flags.json);
  EXPECT_EQ(Parse({"migrate", "up", "--steps", "-1"}).flags.steps, "-1");
}

TEST(Arguments, EveryCommandIsFoundByItsName) {
  for (const Command& command : Tool().commands) {
    Words words = {std::string(command.group), std::string(command.name)};
    if (command.group.empty()) words.erase(words.begin());
    words.insert(words.end(), command.least, "1");
    EXPECT_EQ(Parse(words).command, &command) << command.name;
  }
}

TEST(Arguments, EveryFlagSetsItsField) {
  for (const Command& command : Tool().commands) {
    for (const FlagRow& row : FlagTable()) {
      if (!Tool().Takes(command, row)) continue;
      Words words = {std::string(command.group), std::string(command.name)};
      if (command.group.empty()) words.erase(words.begin());
      words.insert(words.end(), command.least, "1");
      words.emplace_back(row.names.substr(row.names.rfind(',') + 1));
      if (!row.value.empty()) words.emplace_back("word");
      const Flags flags = Parse(words).flags;
      if (const auto* text = std::get_if<std::string Flags::*>(&row.field))
        EXPECT_EQ(flags.**text, "word") << row.names;
      else if (const auto* list =
                   std::get_if<std::vector<std::string> Flags::*>(&row.field))
        EXPECT_EQ(flags.**list, Words{"word"}) << row.names;
      else
        EXPECT_TRUE(flags.*std::get<bool Flags::*>(row.field)) << row.names;
    }
  }
}

TEST(Arguments, HelpIsAskedForAnywhere) {
  for (const Words& words :
       {Words{}, {"--help"}, {"-h"}, {"help"}, {"help", "migrate"}}) {
    EXPECT_FALSE(Parse(words).command);
    EXPECT_EQ(Parse(words).group, "");
  }
  for (const Words& words : {Words{"migrate"},
                             {"migrate", "--help"},
                             {"migrate", "-h"},
                             {"migrate", "help"},
                             {"-h", "migrate"}}) {
    EXPECT_FALSE(Parse(words).command);
    EXPECT_EQ(Parse(words).group, "migrate");
  }
  for (const Words& words : {Words{"migrate", "goto", "--help"},
                             {"migrate", "--help", "goto"},
                             {"--help", "migrate", "goto"}}) {
    EXPECT_EQ(Parse(words).command->name, "goto");
    EXPECT_TRUE(Parse(words).flags.help);
  }
}

TEST(Arguments, WhatIsWrongIsSaidWithTheNearest) {
  struct Case {
    Words words;
    std::string_view message, help;
  };
  const Case cases[] = {
      {{"migrat", "up"}, "unknown command 'migrat'", "did you mean 'migrate'?"},
      {{"vesion"}, "unknown command 'vesion'", "did you mean 'version'?"},
      {{"migrate", "statsu"},
       "unknown command 'migrate statsu'",
       "did you mean 'migrate status'?"},
      {{"migrate", "banana"},
       "unknown command 'migrate banana'",
       "'godwit migrate --help' lists the commands"},
      {{"--json"},
       "no command, only '--json'",
       "'godwit --help' lists the commands"},
      {{"migrate", "up", "--stpes", "1"},
       "unknown flag '--stpes' of 'godwit migrate up'",
       "did you mean --steps?"},
      {{"migrate", "up", "--stpes=1"},
       "unknown flag '--stpes' of 'godwit migrate up'",
       "did you mean --steps?"},
      {{"migrate", "up", "--banana"},
       "unknown flag '--banana' of 'godwit migrate up'",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "down", "--dry-run"},
       "unknown flag '--dry-run' of 'godwit migrate down'",
       "'godwit migrate down --help' lists its flags"},
      {{"version", "--dir", "m"},
       "unknown flag '--dir' of 'godwit version'",
       "'godwit version --help' lists its flags"},
      {{"migrate", "up", "--steps"},
       "the flag --steps needs a value",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "up", "--to", ""},
       "the flag --to needs a value",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "up", "--to="},
       "the flag --to needs a value",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "up", "--db-dsn", ""},
       "the flag --url needs a value",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "up", "-c", ""},
       "the flag --config needs a value",
       "'godwit migrate up --help' lists its flags"},
      {{"migrate", "force", "-1"},
       "'-1' reads like a flag",
       "write '-- -1' for a number below zero"},
      {{"migrate", "goto"},
       "'godwit migrate goto' needs VERSION",
       "usage: godwit migrate goto VERSION"},
      {{"migrate", "up", "extra"},
       "'extra' is one argument too many for 'godwit migrate up'",
       ""},
      {{"migrate", "goto", "1", "2"},
       "'2' is one argument too many for 'godwit migrate goto'",
       ""},
  };
  for (const Case& row : cases) {
    try {
      Parse(row.words);
      ADD_FAILURE() << row.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage);
      EXPECT_EQ(error.what(), row.message);
      EXPECT_EQ(error.info().help, row.help) << row.message;
    }
  }
}

TEST(Arguments, InAnApplicationTheWordsAreVerbs) {
  for (const Words& words :
       {Words{"up", "--json"}, {"--json", "up"}, {"--json", "up", "--"}}) {
    const Invocation invocation = ParseArguments(Application(), words);
    EXPECT_EQ(invocation.command->name, "up");
    EXPECT_TRUE(invocation.flags.json);
  }
  for (const Words& words : {Words{}, {"--help"}, {"help"}, {"help", "up"}}) {
    const Invocation invocation = ParseArguments(Application(), words);
    EXPECT_FALSE(invocation.command);
    EXPECT_EQ(invocation.group, "migrate");
  }
}

TEST(Arguments, InAnApplicationWhatIsWrongIsSaidInItsWords) {
  struct Case {
    Words words;
    std::string_view message, help;
  };
  const Case cases[] = {
      {{"statsu"},
       "unknown command 'migrate statsu'",
       "did you mean 'migrate status'?"},
      {{"banana"},
       "unknown command 'migrate banana'",
       "'app migrate --help' lists the commands"},
      {{"migrate", "up"},
       "unknown command 'migrate migrate'",
       "'app migrate --help' lists the commands"},
      {{"up", "--banana"},
       "unknown flag '--banana' of 'app migrate up'",
       "'app migrate up --help' lists its flags"},
      {{"up", "--config", "godwit.yaml"},
       "unknown flag '--config' of 'app migrate up'",
       "'app migrate up --help' lists its flags"},
      {{"up", "--to"},
       "the flag --to needs a value",
       "'app migrate up --help' lists its flags"},
      {{"goto"},
       "'app migrate goto' needs VERSION",
       "usage: app migrate goto VERSION"},
      {{"up", "extra"},
       "'extra' is one argument too many for 'app migrate up'",
       ""},
  };
  for (const Case& row : cases) {
    try {
      ParseArguments(Application(), row.words);
      ADD_FAILURE() << row.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage);
      EXPECT_EQ(error.what(), row.message);
      EXPECT_EQ(error.info().help, row.help) << row.message;
    }
  }
}

}  // namespace
}  // namespace godwit::command
