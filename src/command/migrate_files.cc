// SPDX-License-Identifier: Apache-2.0
// create and fix: what writes in the folder of migrations and asks no database.
#include <filesystem>
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/new_migration.h"
#include "command/settings.h"
#include "migrate/naming.h"

namespace godwit::command {

namespace fs = std::filesystem;

int RunCreate(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const std::string title = TitleOf(call.flags.arguments[0]);
  const NewPlace place = FindNewPlace(call, *settings);
  const migrate::Format& format = FormatIn(place, *settings);
  const std::string version = NextVersionIn(place, format.kind);
  Json files = Json::array();
  for (const std::string& path :
       WriteNewFiles(place.folder, format.create(version, title))) {
    files.push_back(path);
    if (!call.flags.json) call.out << path << '\n';
  }
  if (call.flags.json) call.out << Dump(Json{{"files", files}}) << '\n';
  return kDone;
}

int RunFix(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const std::string folder = FindNewPlace(call, *settings).folder;
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
