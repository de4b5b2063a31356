// SPDX-License-Identifier: Apache-2.0
#include "command/new_migration.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "command/migrate_session.h"
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

}  // namespace

void Unwritable(const std::string& path, const std::string& reason) {
  throw Error(ErrorCode::kFileUnreadable,
              Cat(path, " cannot be written: ", reason));
}

NewPlace FindNewPlace(const Call& call, const Settings& settings) {
  NewPlace place;
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

std::string NextVersionIn(const NewPlace& place, migrate::FormatKind format) {
  std::vector<migrate::Migration> migrations;
  if (place.source) migrations = place.source->migrations();
  if (!place.module) return migrate::NextVersion(migrations, format, Now());
  const migrate::ModulePlace alone[] = {*place.module};
  migrate::AssignVersions(alone, 0, migrations);
  return migrate::NextInModule(*place.module, migrations, format);
}

const migrate::Format& FormatIn(const NewPlace& place,
                                const Settings& settings) {
  return place.source ? place.source->format()
                      : migrate::FindFormat(settings.Format().value_or(
                            migrate::FormatKind::kGoose));
}

std::string TitleOf(const std::string& name) {
  std::string title = migrate::TitleFor(name);
  if (title.empty())
    throw Error(
        ErrorCode::kUsage,
        Cat("'", name, "' holds no letter or digit to name a file with"));
  return title;
}

std::vector<std::string> WriteNewFiles(
    const std::string& folder,
    std::span<const migrate::Format::NewFile> files) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) Unwritable(folder, error.message());
  std::vector<std::string> paths;
  for (const migrate::Format::NewFile& file : files) {
    paths.push_back((fs::path(folder) / file.name).string());
    WriteNew(paths.back(), file.text);
  }
  return paths;
}

}  // namespace godwit::command
