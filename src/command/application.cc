// SPDX-License-Identifier: Apache-2.0
// The group migrate inside a program that brings its own files and DSN.
#include <cstdlib>
#include <iostream>
#include <vector>

#include "base/text.h"
#include "command/command.h"
#include "command/process_title.h"
#include "engine/dsn.h"
#include "godwit/migrate_command.h"

namespace godwit {

namespace {

using command::Flags;
using command::Program;

class ApplicationSettings final : public command::Settings {
 public:
  ApplicationSettings(const Flags& flags, const MigrateCommand& command)
      : flags_(flags), command_(command) {}

  std::string Dsn() const override {
    for (const std::string& dsn :
         {flags_.url, command_.dsn, Variable("GODWIT_URL"),
          Variable("DATABASE_URL")}) {
      if (!dsn.empty()) return dsn;
    }
    throw Error(ErrorCode::kUsage, "no database is named",
                "give --url DSN, or set DATABASE_URL");
  }
  std::string Dir() const override {
    if (!flags_.dir.empty()) return flags_.dir;
    throw Error(ErrorCode::kUsage,
                "the migrations in the program have no folder",
                "name the folder of their files with --dir");
  }
  std::optional<migrate::FormatKind> Format() const override {
    return command::ParseFormat(flags_.format);
  }
  const sql::Lexicon& Lexicon() const override {
    return engine::LexiconOfDsn(Dsn());
  }
  MigrateOptions Options() const override {
    return command::ReadOptions(flags_, command_.options);
  }
  migrate::Source ReadSource(
      std::optional<migrate::FormatKind> untold) const override {
    using migrate::Source;
    return flags_.dir.empty()
               ? Source::FromEmbedded(command_.migrations, Format(), untold,
                                      Versions())
               : Source::ReadFolder(flags_.dir, Format(), untold, Versions());
  }
  migrate::VersionMap Versions() const override {
    if (flags_.map.empty()) return command_.options.version_map;
    throw Error(ErrorCode::kUnsupported,
                "this program reads no map of versions",
                "use the command godwit with its --map; the program brings "
                "its own in MigrateOptions::version_map");
  }
  std::stop_token Stop() const override { return command_.options.stop; }

 private:
  static std::string Variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
  }

  const Flags& flags_;
  const MigrateCommand& command_;
};

std::string_view FirstWord(std::string_view text) {
  return text.substr(0, text.find(' '));
}

}  // namespace

int RunMigrateCommand(const MigrateCommand& command,
                      std::span<const std::string> words) {
  const std::string offered(command.program.empty()
                                ? std::string_view("migrate")
                                : std::string_view(command.program));
  const Program program = {
      .name = std::string(FirstWord(offered)),
      .offered = offered,
      .commands = command::MigrateCommands(),
      .settings =
          [&](const Flags& flags) {
            return std::make_unique<ApplicationSettings>(flags, command);
          },
  };
  command::HideInProcessTitle(command.dsn, words);
  return command::Run(program, words,
                      {command.out ? *command.out : std::cout,
                       command.err ? *command.err : std::cerr,
                       command.out != nullptr || command.err != nullptr});
}

int RunMigrateCommand(const MigrateCommand& command, int count,
                      const char* const* words) {
  return RunMigrateCommand(command,
                           std::vector<std::string>(words, words + count));
}

Report Migrate(const MigrateCommand& command) {
  return Migrate(command.dsn, command.migrations, command.options);
}

}  // namespace godwit
