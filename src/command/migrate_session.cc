// SPDX-License-Identifier: Apache-2.0
#include "command/migrate_session.h"

#include <filesystem>
#include <ostream>

#include "base/duration.h"
#include "base/text.h"
#include "command/interrupt.h"
#include "command/json.h"
#include "command/opening.h"
#include "engine/dsn.h"
#include "migrate/progress.h"

namespace godwit::command {

namespace {

std::string Title(std::int64_t version, std::string_view name) {
  return name.empty() ? Cat(version) : Cat(version, ' ', Printable(name));
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

ConnectOptions OptionsOf(const MigrateOptions& migrate_options, Access access) {
  ConnectOptions options;
  options.mode = access == Access::kWrite ? OpenMode::kReadWriteCreate
                                          : OpenMode::kReadWrite;
  options.busy_timeout = migrate_options.lock_wait;
  options.stop = migrate_options.stop;
  return options;
}

// A missing file is an empty database for those who only look, or change what
// is there.
std::string DsnFor(Access access, std::string dsn) {
  if (access != Access::kWrite && engine::NamesMissingFile(dsn))
    return "sqlite::memory:";
  return dsn;
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

void CheckModule(const std::string& name,
                 std::span<const migrate::ModulePlace> modules) {
  if (name.empty()) return;
  std::vector<std::string_view> known;
  for (const migrate::ModulePlace& place : modules) {
    if (place.name == name) return;
    known.push_back(place.name);
  }
  const std::string_view nearest = Nearest(name, known);
  throw Error(ErrorCode::kUsage, Cat("there is no module '", name, "'"),
              known.empty() ? "the migrations are not in modules"
              : nearest.empty()
                  ? Cat("the list of modules names ", known.size(), ", from ",
                        known.front(), " to ", known.back())
                  : Cat("did you mean '", nearest, "'?"));
}

MigrateSession::MigrateSession(const Call& call, Access access, Files files,
                               std::optional<migrate::Look> look)
    : call_(call), settings_(call.ReadSettings()) {
  MigrateOptions options = settings_->Options();
  interrupt_.emplace(settings_->Stop());
  options.stop = interrupt_->token();
  options.on_progress = [this,
                         also = options.on_progress](const Progress& progress) {
    Show(progress);
    if (also) also(progress);
  };
  const bool make =
      migrate::FindTracker(options.tracker_kind).traits.makes_missing_database;
  if (make) access = Access::kWrite;
  const auto use = [&](Connection connection, const std::stop_token& unwanted) {
    MakeRunner(std::move(connection), options);
    if (!look) return;
    connection_->set_stop_token(unwanted);
    runner_->ReadAhead(*look);
    connection_->set_stop_token(options.stop);
  };
  Opening opening(DsnFor(access, settings_->Dsn()), OptionsOf(options, access),
                  use);
  if (make) opening.Finish();
  ReadFiles(options, files);
  if (!make) opening.Finish();
  runner_->set_source(source());
  if (call_.flags.verbose) ShowWhatIsOpen();
}

void MigrateSession::MakeRunner(Connection connection,
                                const MigrateOptions& options) {
  connection_.emplace(std::move(connection));
  migrate::LogNotices(*connection_, options.logger);
  runner_ = std::make_unique<migrate::Runner>(*connection_, nullptr, options,
                                              migrate::ProcessEnvironment());
}

void MigrateSession::ShowWhatIsOpen() {
  std::string text = Cat(runner_->engine_name(), ", tracker ",
                         runner_->tracker().table().text(), " (",
                         runner_->tracker().kind_name(), ")");
  if (source_)
    text += Cat(", ", source_->migrations().size(),
                " migrations of the format ", source_->format().name);
  call_.err << call_.program.name << ": " << text << '\n';
}

void MigrateSession::ReadFiles(const MigrateOptions& options, Files files) {
  if (files == Files::kNone) return;
  const bool counter =
      migrate::FindTracker(options.tracker_kind).traits.is_counter;
  try {
    source_.emplace(ReadSource(options));
    CheckModule(call_.flags.module, source_->modules());
  } catch (const Error& error) {
    const bool adopted = files == Files::kAdopted;
    if (adopted && error.code() == ErrorCode::kBadFilename) {
      bad_names_ = error;
      return;
    }
    if (error.code() != ErrorCode::kNoMigrations) throw;
    const bool in_folder = (adopted || files == Files::kMayLack) &&
                           settings_->ModuleFolders().empty() &&
                           std::filesystem::is_directory(settings_->Dir());
    if (!in_folder && !(files == Files::kIfAny && counter)) throw;
    no_files_ = error;
    source_.emplace(migrate::Source::FromEmbedded({}, settings_->Format()));
  }
}

// Files that do not tell their format are what the tool writes that is named,
// or that this database was taken over from.
migrate::Source MigrateSession::ReadSource(const MigrateOptions& options) {
  const Flags& flags = call_.flags;
  const migrate::LegacyTool* tool =
      migrate::FindLegacyTool(flags.from.empty() ? flags.to : flags.from);
  try {
    return settings_->ReadSource(tool ? tool->format : std::nullopt);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUsage || settings_->Format()) throw;
    const auto format = FormatAdopted(options);
    if (!format) throw;
    return settings_->ReadSource(format);
  }
}

std::optional<migrate::FormatKind> MigrateSession::FormatAdopted(
    const MigrateOptions& options) {
  try {
    settings_->ReadSource(migrate::FormatKind::kPlain);
    Connection connection =
        Connection::Open(DsnFor(Access::kRead, settings_->Dsn()),
                         OptionsOf(options, Access::kRead));
    return migrate::Runner(connection, nullptr, options,
                           migrate::ProcessEnvironment())
        .FormatAdopted();
  } catch (const Error&) {
    return std::nullopt;  // what is wrong with the files is said
  }
}

void MigrateSession::Show(const Progress& progress) {
  if (progress.kind == Progress::Kind::kWarning) {
    if (!call_.flags.quiet)
      call_.err << call_.terminal.Err(Colour::kYellow,
                                      Cat(call_.program.name, ": warning: "))
                << Printable(progress.text) << '\n';
    return;
  }
  if (progress.kind == Progress::Kind::kAdopted) {
    if (!call_.flags.quiet)
      call_.err << call_.program.name << ": " << Printable(progress.text)
                << '\n';
    return;
  }
  if (progress.kind == Progress::Kind::kWaiting) {
    if (!call_.flags.quiet)
      call_.err << call_.program.name
                << ": waiting for another run: " << Printable(progress.text)
                << '\n';
    return;
  }
  if (progress.kind == Progress::Kind::kBlocked) {
    ClearLiveLine();
    if (!call_.flags.quiet)
      call_.err << call_.program.name << ": " << migrate::LogLine(progress)
                << '\n';
    return;
  }
  ShowMigration(progress);
}

void MigrateSession::ClearLiveLine() {
  if (live_line_) call_.out << "\r\x1b[K" << std::flush;
  live_line_ = false;
}

// A live line while a migration runs, where there is a terminal; a line of its
// own when it is done.
void MigrateSession::ShowMigration(const Progress& progress) {
  const bool is_script = progress.kind == Progress::Kind::kScript;
  const std::string title = is_script ? Printable(progress.name)
                                      : Title(progress.version, progress.name);
  if (progress.kind == Progress::Kind::kStarted) {
    const std::string doing =
        Cat(progress.down ? "reverting " : "applying ", title, " (",
            progress.number, '/', progress.total, ')');
    if (call_.flags.verbose)
      call_.err << call_.program.name << ": " << doing << '\n';
    if (call_.flags.json || call_.flags.quiet ||
        !call_.terminal.is_terminal_out)
      return;
    call_.out << "\r\x1b[K" << doing << " …" << std::flush;
    live_line_ = true;
    return;
  }
  ClearLiveLine();
  if (call_.flags.json) return;
  const std::string detail =
      Cat('(', progress.statements,
          progress.statements == 1 ? " statement, " : " statements, ",
          ShowDuration(progress.duration), ')');
  call_.out << call_.terminal.Out(Colour::kGreen, is_script       ? "ran     "
                                                  : progress.down ? "reverted"
                                                                  : "applied ")
            << "  " << title << "  " << call_.terminal.Out(Colour::kDim, detail)
            << '\n'
            << std::flush;
}

void ShowReport(const Call& call, const Report& report) {
  if (call.flags.json) {
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
    call.out << Dump(document) << '\n';
    return;
  }
  if (call.flags.no_versioning) return;
  if (report.applied.empty() && report.reverted.empty())
    call.out << "nothing to do; ";
  call.out << (report.current == 0
                   ? std::string("nothing is applied")
                   : Cat("the database is at version ", report.current));
  if (report.pending > 0) call.out << ", " << report.pending << " pending";
  call.out << '\n';
}

}  // namespace godwit::command
