// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "command/command.h"
#include "command/interrupt.h"
#include "godwit/connection.h"
#include "migrate/runner.h"

namespace godwit::command {

// kChange: writes, and makes no database where there is none.
enum class Access { kRead, kChange, kWrite };

// What a migrate command works on: the settings, the files, the connection and
// the runner. What is wrong with the files is said before anything is asked of
// the database; a server's login goes on while they are read.
class MigrateSession {
 public:
  // Without files for commands that do not look at them (version, force).
  // kIfAny: a counter that stands at nothing needs none to go down. kMayLack: a
  // folder without any will do where something is applied (NeedFiles says so).
  // kAdopted: the same, and names that only a map explains are judged later.
  enum class Files { kRead, kIfAny, kMayLack, kAdopted, kNone };
  // `look`: what the command reads of the tracker first, if it does; that is
  // asked while the files are read.
  MigrateSession(const Call& call, Access access, Files files = Files::kRead,
                 std::optional<migrate::Look> look = {});
  // This one, unless the command does without the tracker.
  static std::optional<migrate::Look> LookOf(const Call& call,
                                             migrate::Look look) {
    return call.flags.no_versioning ? std::nullopt : std::optional(look);
  }
  MigrateSession(const MigrateSession&) = delete;
  MigrateSession& operator=(const MigrateSession&) = delete;
  ~MigrateSession() { ClearLiveLine(); }

  migrate::Runner& runner() { return *runner_; }
  const migrate::Source* source() const {
    return source_ ? &*source_ : nullptr;
  }
  // kAdopted: why the names could not be read.
  const std::optional<Error>& bad_names() const { return bad_names_; }
  // Throws Error(kNoMigrations) where the folder holds none.
  void NeedFiles() const {
    if (no_files_) throw *no_files_;
  }
  const Settings& settings() const { return *settings_; }

 private:
  void ReadFiles(const MigrateOptions& options, Files files);
  migrate::Source ReadSource(const MigrateOptions& options);
  std::optional<migrate::FormatKind> FormatAdopted(
      const MigrateOptions& options);
  void MakeRunner(Connection connection, const MigrateOptions& options);
  void ShowWhatIsOpen();
  void Show(const Progress& progress);
  void ShowMigration(const Progress& progress);
  void ClearLiveLine();

  const Call& call_;
  std::unique_ptr<Settings> settings_;
  std::optional<Interrupt> interrupt_;
  std::optional<migrate::Source> source_;
  std::optional<Error> no_files_;  // the folder holds none
  std::optional<Error> bad_names_;
  std::optional<Connection> connection_;
  std::unique_ptr<migrate::Runner> runner_;
  bool live_line_ = false;  // "applying 7 …" stands at the terminal
};

// The result of up, down, redo, goto, baseline: a document, or for people the
// line behind those of the migrations, which were shown as they ended.
void ShowReport(const Call& call, const Report& report);

// Throws Error(kUsage) where a name is given that is none of them.
void CheckModule(const std::string& name,
                 std::span<const migrate::ModulePlace> modules);

// "0001" → 1; throws Error(kUsage) for what is no version.
std::int64_t ParseVersion(std::string_view what, const std::string& text);

}  // namespace godwit::command
