// SPDX-License-Identifier: Apache-2.0
#include "cli/settings.h"

#include <cstdlib>
#include <filesystem>

#include "base/text.h"
#include "config/duration.h"
#include "config/engines.h"
#include "migrate/tracker.h"

namespace godwit::cli {

namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string RelativeTo(const std::string& folder, const std::string& path) {
  if (folder.empty() || std::filesystem::path(path).is_absolute()) return path;
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

[[noreturn]] void BadValue(std::string_view flag, const std::string& value,
                           std::string_view known) {
  throw Error(ErrorCode::kUsage, Cat("'", value, "' is no value of ", flag),
              Cat("it takes ", known));
}

// One of two words; nothing where none was given.
template <typename T>
std::optional<T> Choice(std::string_view flag, const std::string& value,
                        std::string_view first, T one, std::string_view second,
                        T other) {
  if (value.empty()) return std::nullopt;
  if (value == first) return one;
  if (value == second) return other;
  BadValue(flag, value, Cat(first, " or ", second));
}

std::chrono::milliseconds Duration(std::string_view flag,
                                   const std::string& value,
                                   std::chrono::milliseconds otherwise) {
  if (value.empty()) return otherwise;
  const auto duration = config::ParseDuration(value);
  if (!duration) BadValue(flag, value, "a duration such as 500ms, 30s or 2m");
  return *duration;
}

}  // namespace

MigrateSettings::MigrateSettings(const Flags& flags) : flags_(flags) {
  const std::string path =
      flags.config.empty() ? config::FindProjectFile(".") : flags.config;
  if (!path.empty()) project_ = config::ReadProject(path);
  if (flags.env.empty()) return;
  const auto found = project_.environments.find(flags.env);
  if (found == project_.environments.end()) {
    throw Error(
        ErrorCode::kConfig,
        Cat("there is no environment '", flags.env, "'",
            path.empty() ? ": there is no project file" : " in " + path));
  }
  environment_ = &found->second;
}

std::string MigrateSettings::Replaced(const config::Setting& setting) const {
  return config::ReplaceVariables(setting, migrate::ProcessEnvironment(),
                                  project_.path);
}

std::string MigrateSettings::FromEnvironmentEntry(std::string_view key) const {
  if (!environment_) return "";
  const auto found = environment_->find(key);
  return found == environment_->end() ? "" : Replaced(found->second);
}

std::string MigrateSettings::FromProject(std::string_view key) const {
  const auto found = project_.settings.find(key);
  return found == project_.settings.end() ? "" : Replaced(found->second);
}

std::string MigrateSettings::Find(const std::string& flag,
                                  std::string_view key) const {
  if (!flag.empty()) return flag;
  const std::string entry = FromEnvironmentEntry(key);
  return entry.empty() ? FromProject(key) : entry;
}

std::string MigrateSettings::Dsn() const {
  if (!flags_.url.empty()) return flags_.url;
  std::string dsn = FromEnvironmentEntry("url");
  if (!dsn.empty()) return config::DsnFrom(project_.folder, dsn);
  for (const char* name : {"GODWIT_URL", "DATABASE_URL"}) {
    dsn = Variable(name);
    if (!dsn.empty()) return dsn;
  }
  dsn = FromProject("url");
  if (!dsn.empty()) return config::DsnFrom(project_.folder, dsn);
  throw Error(
      ErrorCode::kUsage, "no database is named",
      "give --url DSN, set GODWIT_URL, or write 'url:' into godwit.yaml");
}

std::string MigrateSettings::Dir() const {
  if (!flags_.dir.empty()) return flags_.dir;
  if (project_.settings.contains("migrate.modules")) {
    throw Error(ErrorCode::kUnsupported,
                "this version of godwit does not read 'migrate.modules'",
                "name one folder with --dir");
  }
  const std::string dir = Find("", "migrate.dir");
  if (dir.empty()) {
    throw Error(
        ErrorCode::kUsage, "no folder of migrations is named",
        "give --dir DIR, or write 'migrate: {dir: …}' into godwit.yaml");
  }
  return RelativeTo(project_.folder, dir);
}

std::optional<migrate::FormatKind> MigrateSettings::Format() const {
  const std::string name = Find(flags_.format, "migrate.format");
  if (name.empty() || name == "auto") return std::nullopt;
  const migrate::Format* format = migrate::FindFormat(name);
  if (format) return format->kind;
  std::string known = "auto";
  for (const migrate::Format& row : migrate::Formats())
    known += Cat(", ", row.name);
  BadValue("--format", name, known);
}

const sql::Lexicon& MigrateSettings::Lexicon() const {
  std::string dsn = flags_.url;
  if (dsn.empty() && flags_.engine.empty()) {
    const std::string known[] = {FromEnvironmentEntry("url"),
                                 Variable("GODWIT_URL"),
                                 Variable("DATABASE_URL")};
    for (const std::string& text : known) {
      if (dsn.empty()) dsn = text;
    }
    // An address that needs a variable says its engine without it.
    if (dsn.empty() && Find("", "engine").empty()) dsn = FromProject("url");
  }
  const std::string engine = Find(flags_.engine, "engine");
  if (dsn.empty() && engine.empty()) {
    throw Error(ErrorCode::kUsage,
                "nothing says which database the files are for",
                "give --engine postgresql or --engine sqlite");
  }
  return dsn.empty() ? config::LexiconOf(engine) : config::LexiconOfDsn(dsn);
}

MigrateOptions MigrateSettings::Options() const {
  MigrateOptions options;
  options.tracker = Find(flags_.tracker, "migrate.tracker");
  const std::string kind = Find(flags_.tracker_kind, "migrate.tracker_kind");
  if (!kind.empty()) {
    const migrate::TrackerEntry* entry = migrate::FindTracker(kind);
    if (!entry)
      BadValue("--tracker-kind", kind,
               "applied-set, goose, golang-migrate or dbmate");
    options.tracker_kind = entry->kind;
  }
  options.out_of_order = Choice(
      "--out-of-order", Find(flags_.out_of_order, "migrate.out_of_order"),
      "apply", OutOfOrder::kApply, "refuse", OutOfOrder::kRefuse);
  options.on_drift =
      Choice("--on-drift", Find(flags_.on_drift, "migrate.on_drift"), "refuse",
             OnDrift::kRefuse, "warn", OnDrift::kWarn)
          .value_or(OnDrift::kRefuse);
  options.on_missing =
      Choice("--on-missing", Find(flags_.on_missing, "migrate.on_missing"),
             "warn", OnMissing::kWarn, "refuse", OnMissing::kRefuse)
          .value_or(OnMissing::kWarn);
  options.lock_wait =
      Duration("--lock-wait", Find(flags_.lock_wait, "migrate.lock_wait"),
               options.lock_wait);
  options.lock_timeout = Duration(
      "--lock-timeout", Find(flags_.lock_timeout, "migrate.lock_timeout"),
      options.lock_timeout);
  options.role = Find("", "migrate.role");
  return options;
}

migrate::Source MigrateSettings::ReadSource() const {
  return migrate::Source::ReadFolder(Dir(), Format());
}

}  // namespace godwit::cli
