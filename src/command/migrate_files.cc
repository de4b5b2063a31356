// SPDX-License-Identifier: Apache-2.0
// create and fix: what writes in the folder of migrations and asks no database.
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"
#include "command/settings.h"
#include "migrate/naming.h"

namespace godwit::command {

namespace {

namespace fs = std::filesystem;

std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
  return text;
}

[[noreturn]] void Unwritable(const std::string& path,
                             const std::string& reason) {
  throw Error(ErrorCode::kFileUnreadable,
              Cat(path, " cannot be written: ", reason));
}

// The files of the folder; none where it is empty or missing.
std::optional<migrate::Source> ReadIfAny(const std::string& folder,
                                         const Settings& settings) {
  try {
    return migrate::Source::ReadFolder(folder, settings.Format(), {},
                                       settings.Versions());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kNoMigrations) return std::nullopt;
    throw;
  }
}

void WriteNew(const std::string& path, const std::string& text) {
  if (fs::exists(path)) Unwritable(path, "it exists");
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) Unwritable(path, std::strerror(errno));
}

// Where a new file belongs, and what is there already.
struct Place {
  std::string folder;
  std::optional<migrate::ModulePlace> module;
  std::optional<migrate::Source> source;
};

migrate::ModulePlace FindModule(
    const std::string& name, migrate::Version stride,
    std::span<const migrate::Source::ModuleFolder> folders) {
  std::vector<std::string> names;
  for (const auto& folder : folders) names.push_back(folder.name);
  const std::vector<migrate::ModulePlace> places =
      migrate::PlaceModules(names, stride);
  CheckModule(name, places);
  if (name.empty())
    throw Error(ErrorCode::kUsage, "the project has modules, and none is named",
                Cat("give --module: ", Join(names, ", ")));
  return *std::find_if(places.begin(), places.end(),
                       [&](const auto& place) { return place.name == name; });
}

Place FindPlace(const Call& call, const Settings& settings) {
  Place place;
  const auto folders = settings.ModuleFolders();
  if (folders.empty()) {
    CheckModule(call.flags.module, {});
    place.folder = settings.Dir();
  } else {
    place.module = FindModule(call.flags.module, settings.Stride(), folders);
    for (const auto& folder : folders) {
      if (folder.name == place.module->name) place.folder = folder.folder;
    }
  }
  place.source = ReadIfAny(place.folder, settings);
  return place;
}

std::string NextVersion(const Place& place, migrate::FormatKind format) {
  std::vector<migrate::Migration> migrations;
  if (place.source) migrations = place.source->migrations();
  if (!place.module) return migrate::NextVersion(migrations, format, Now());
  const migrate::ModulePlace alone[] = {*place.module};
  migrate::AssignVersions(alone, 0, migrations);
  return migrate::NextInModule(*place.module, migrations, format);
}

}  // namespace

int RunCreate(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const std::string title = migrate::TitleFor(call.flags.arguments[0]);
  if (title.empty())
    throw Error(ErrorCode::kUsage,
                Cat("'", call.flags.arguments[0],
                    "' holds no letter or digit to name a file with"));
  const Place place = FindPlace(call, *settings);
  const std::string& folder = place.folder;
  const migrate::Format& format =
      place.source ? place.source->format()
                   : migrate::FindFormat(settings->Format().value_or(
                         migrate::FormatKind::kGoose));
  const std::string version = NextVersion(place, format.kind);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) Unwritable(folder, error.message());
  Json files = Json::array();
  for (const migrate::Format::NewFile& file : format.create(version, title)) {
    const std::string path = (fs::path(folder) / file.name).string();
    WriteNew(path, file.text);
    files.push_back(path);
    if (!call.flags.json) call.out << path << '\n';
  }
  if (call.flags.json) call.out << Dump(Json{{"files", files}}) << '\n';
  return kDone;
}

int RunFix(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const std::string folder = FindPlace(call, *settings).folder;
  const migrate::Source source = migrate::Source::ReadFolder(
      folder, settings->Format(), {}, settings->Versions());
  Json renames = Json::array();
  for (const auto& [before, after] : migrate::PlanFix(source.migrations())) {
    const fs::path target = fs::path(folder) / after;
    if (fs::exists(target)) Unwritable(target.string(), "it exists");
    std::error_code error;
    fs::rename(fs::path(folder) / before, target, error);
    if (error) Unwritable(target.string(), error.message());
    renames.push_back({{"from", before}, {"to", after}});
    if (!call.flags.json) call.out << before << " -> " << after << '\n';
  }
  if (call.flags.json)
    call.out << Dump(Json{{"renamed", renames}}) << '\n';
  else if (renames.empty())
    call.out << "no file has a timestamp for its version\n";
  return kDone;
}

}  // namespace godwit::command
