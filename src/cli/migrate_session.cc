// SPDX-License-Identifier: Apache-2.0
#include "cli/migrate_session.h"

#include <iostream>

#include "base/text.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "config/duration.h"
#include "config/engines.h"

namespace godwit::cli {

namespace {

std::string Title(std::int64_t version, std::string_view name) {
  return name.empty() ? Cat(version) : Cat(version, ' ', name);
}

Json StepValue(const MigratedStep& step) {
  Json value;
  value["version"] = step.version;
  value["name"] = step.name;
  value["module"] = step.module.empty() ? Json(nullptr) : Json(step.module);
  value["statements"] = step.statements;
  value["duration_ms"] = static_cast<double>(step.duration.count()) / 1000.0;
  return value;
}

Connection Connect(const MigrateSettings& settings,
                   const MigrateOptions& migrate_options, Access access) {
  ConnectOptions options;
  options.mode = access == Access::kRead ? OpenMode::kReadWrite
                                         : OpenMode::kReadWriteCreate;
  options.busy_timeout = migrate_options.lock_wait;
  options.stop = migrate_options.stop;
  const std::string dsn = settings.Dsn();
  // A missing file is an empty database for those who only look.
  if (access == Access::kRead && config::NamesMissingFile(dsn))
    return Connection::Open("sqlite::memory:", options);
  return Connection::Open(dsn, options);
}

}  // namespace

std::int64_t ParseVersion(std::string_view what, const std::string& text) {
  const auto version = ParseInt64(text);
  if (!version)
    throw Error(
        ErrorCode::kUsage,
        Cat("'", text, "' is no version", what.empty() ? "" : " for ", what),
        "a version is a whole number");
  return *version;
}

MigrateSession::MigrateSession(const Flags& flags, Access access, Files files)
    : flags_(flags),
      terminal_(Terminal::Look(flags.no_color)),
      settings_(flags) {
  MigrateOptions options = settings_.Options();
  options.stop = InstallInterrupt();
  const bool make =
      migrate::FindTracker(options.tracker_kind).traits.makes_missing_database;
  if (make) connection_.emplace(Connect(settings_, options, Access::kWrite));
  ReadFiles(options, files);
  if (!make) connection_.emplace(Connect(settings_, options, access));
  options.on_progress = [this](const Progress& progress) { Show(progress); };
  runner_ = std::make_unique<migrate::Runner>(*connection_, source(), options,
                                              migrate::ProcessEnvironment());
  if (flags_.verbose) {
    std::cerr << "godwit: " << runner_->engine_name() << ", tracker "
              << runner_->tracker().table().text() << " ("
              << runner_->tracker().kind_name() << ")";
    if (source_)
      std::cerr << ", " << source_->migrations().size()
                << " migrations of the format " << source_->format().name;
    std::cerr << '\n';
  }
}

void MigrateSession::ReadFiles(const MigrateOptions& options, Files files) {
  if (files == Files::kNone) return;
  const bool counter =
      migrate::FindTracker(options.tracker_kind).traits.is_counter;
  try {
    source_.emplace(settings_.ReadSource());
  } catch (const Error& error) {
    if (files != Files::kIfAny || !counter ||
        error.code() != ErrorCode::kNoMigrations)
      throw;
    source_.emplace(migrate::Source::FromEmbedded({}, settings_.Format()));
  }
}

void MigrateSession::Show(const Progress& progress) {
  if (progress.kind == Progress::Kind::kWarning) {
    if (!flags_.quiet)
      std::cerr << terminal_.Err(Colour::kYellow, "godwit: warning: ")
                << progress.text << '\n';
    return;
  }
  if (progress.kind == Progress::Kind::kWaiting) {
    if (!flags_.quiet)
      std::cerr << "godwit: waiting for another run: " << progress.text << '\n';
    return;
  }
  ShowMigration(progress);
}

void MigrateSession::ClearLiveLine() {
  if (live_line_) std::cout << "\r\x1b[K" << std::flush;
  live_line_ = false;
}

// A live line while a migration runs, where there is a terminal; a line of its
// own when it is done.
void MigrateSession::ShowMigration(const Progress& progress) {
  const std::string title = Title(progress.version, progress.name);
  if (progress.kind == Progress::Kind::kStarted) {
    const std::string doing =
        Cat(progress.down ? "reverting " : "applying ", title, " (",
            progress.number, '/', progress.total, ')');
    if (flags_.verbose) std::cerr << "godwit: " << doing << '\n';
    if (flags_.json || flags_.quiet || !terminal_.is_terminal_out) return;
    std::cout << "\r\x1b[K" << doing << " …" << std::flush;
    live_line_ = true;
    return;
  }
  ClearLiveLine();
  if (flags_.json) return;
  const std::string detail =
      Cat('(', progress.statements,
          progress.statements == 1 ? " statement, " : " statements, ",
          config::ShowDuration(progress.duration), ')');
  std::cout << terminal_.Out(Colour::kGreen,
                             progress.down ? "reverted" : "applied ")
            << "  " << title << "  " << terminal_.Out(Colour::kDim, detail)
            << '\n'
            << std::flush;
}

void ShowReport(const Flags& flags, const Report& report) {
  if (flags.json) {
    Json document;
    document["applied"] = Json::array();
    document["reverted"] = Json::array();
    for (const MigratedStep& step : report.applied)
      document["applied"].push_back(StepValue(step));
    for (const MigratedStep& step : report.reverted)
      document["reverted"].push_back(StepValue(step));
    document["pending"] = report.pending;
    document["current"] = report.current;
    if (!report.warnings.empty()) document["warnings"] = report.warnings;
    std::cout << Dump(document) << '\n';
    return;
  }
  if (flags.no_versioning) return;
  if (report.applied.empty() && report.reverted.empty())
    std::cout << "nothing to do; ";
  std::cout << (report.current == 0
                    ? std::string("nothing is applied")
                    : Cat("the database is at version ", report.current));
  if (report.pending > 0) std::cout << ", " << report.pending << " pending";
  std::cout << '\n';
}

}  // namespace godwit::cli
