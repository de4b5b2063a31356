// SPDX-License-Identifier: Apache-2.0
#include "migrate/modules.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "godwit/error.h"
#include "migrate/naming.h"
#include "migrate/pending.h"

namespace godwit::migrate {

namespace {

[[noreturn]] void RefuseList(std::string message, std::string help) {
  throw Error(ErrorCode::kConfig, std::move(message), std::move(help));
}

void CheckStride(std::size_t count, Version stride) {
  constexpr Version kMost = std::numeric_limits<Version>::max();
  if (stride < 2)
    RefuseList(Cat("the stride of the modules is ", stride),
               "it is how many versions a module has: 1000");
  if (stride > kMost / static_cast<Version>(count + 2))
    RefuseList(Cat("the stride of the modules is ", stride,
                   ", and the last module's versions would not fit"),
               "it is how many versions a module has: 1000");
}

std::string CreateLine(const ModulePlace& place) {
  return Cat("godwit migrate create NAME --module ", place.name);
}

const ModulePlace* PlaceOf(std::span<const ModulePlace> modules,
                           Version version) {
  const auto found = std::find_if(
      modules.begin(), modules.end(),
      [&](const ModulePlace& place) { return place.Holds(version); });
  return found == modules.end() ? nullptr : &*found;
}

const Migration* FileAt(const std::vector<Migration>& migrations,
                        Version version) {
  const auto found =
      std::find_if(migrations.begin(), migrations.end(),
                   [&](const Migration& m) { return m.version == version; });
  return found == migrations.end() ? nullptr : &*found;
}

// The same file, by all that the row says of it.
bool Is(const Migration& file, const AppliedRow& row, Version number) {
  const bool has_checksum = row.checksum && !row.checksum->empty();
  return file.number == number && row.name && !row.name->empty() &&
         *row.name == file.name &&
         (!has_checksum || *row.checksum == file.checksum);
}

}  // namespace

std::vector<ModulePlace> PlaceModules(std::span<const std::string> names,
                                      Version stride) {
  CheckStride(names.size(), stride);
  std::vector<ModulePlace> places;
  for (const std::string& name : names) {
    if (name.empty())
      RefuseList(Cat("module ", places.size() + 1, " has no name"),
                 "its name says whose a migration is");
    for (const ModulePlace& place : places) {
      if (place.name == name)
        RefuseList(Cat("two modules are called ", name),
                   "give one of them another name");
    }
    const auto index = static_cast<Version>(places.size());
    places.push_back({name, (index + 1) * stride, stride});
  }
  return places;
}

std::variant<Version, std::string> NumberIn(const ModulePlace& place,
                                            Version version) {
  if (version > 0 && version < place.stride) return version;
  if (place.Holds(version)) return version - place.base;
  if (version == place.stride)
    return Cat(version,
               " is not below the stride: the module's numbers end "
               "with ",
               place.stride - 1);
  return Cat(version, " is no number below ", place.stride,
             " and no version from ", place.base + 1, " to ", place.last());
}

namespace {

struct BadNumber {
  const Migration* migration;
  std::string reason;
};

// Numbers of another module's place: the list was changed in its middle.
[[noreturn]] void RefuseNumbers(std::span<const ModulePlace> modules,
                                const ModulePlace& place,
                                const std::vector<BadNumber>& bad) {
  std::string message = Cat("module ", place.name, ": ");
  for (const BadNumber& number : bad)
    message += Cat(&number == &bad.front() ? "" : "; ",
                   number.migration->path(), " (", number.reason, ")");
  ErrorInfo info;
  info.code = ErrorCode::kBadFilename;
  info.message = std::move(message);
  info.where.file = bad.front().migration->path();
  const ModulePlace* other = PlaceOf(modules, bad.front().migration->version);
  info.help =
      other ? Cat("these are versions of number ", other->base / other->stride,
                  " in the list of modules, where ", other->name,
                  " stands: put ", place.name,
                  " there, and append new modules at the end of the list")
            : Cat("number it within its module; a new one is made with '",
                  CreateLine(place), "'");
  throw Error(std::move(info));
}

}  // namespace

void AssignVersions(std::span<const ModulePlace> modules, std::size_t index,
                    std::vector<Migration>& migrations) {
  const ModulePlace& place = modules[index];
  std::vector<BadNumber> bad;
  for (Migration& migration : migrations) {
    const auto number = NumberIn(place, migration.version);
    if (const auto* reason = std::get_if<std::string>(&number)) {
      bad.push_back({&migration, *reason});
      continue;
    }
    migration.module = place.name;
    migration.number = std::get<Version>(number);
    migration.version = place.base + migration.number;
  }
  if (!bad.empty()) RefuseNumbers(modules, place, bad);
  std::stable_sort(migrations.begin(), migrations.end(),
                   [](const Migration& a, const Migration& b) {
                     return a.version < b.version;
                   });
  const auto twin =
      std::adjacent_find(migrations.begin(), migrations.end(),
                         [](const Migration& a, const Migration& b) {
                           return a.version == b.version;
                         });
  if (twin == migrations.end()) return;
  ErrorInfo info;
  info.code = ErrorCode::kVersionCollision;
  info.message =
      Cat("two files of module ", place.name, " have version ", twin->version,
          ": ", twin->path(), " and ", (twin + 1)->path());
  info.where.file = (twin + 1)->path();
  info.version = twin->version;
  info.help = Cat("give one of them another number; ", twin->number, " and ",
                  twin->version, " are the same in this module");
  throw Error(std::move(info));
}

std::string NextInModule(const ModulePlace& place,
                         const std::vector<Migration>& migrations,
                         FormatKind format) {
  std::vector<Migration> as_named;
  for (const Migration& migration : migrations) {
    if (migration.module != place.name) continue;
    as_named.push_back(migration);
    as_named.back().version =
        ParseInt64(migration.spelling).value_or(migration.number);
  }
  const Version last = as_named.empty() ? 0 : as_named.back().number;
  if (last + 1 >= place.stride) {
    throw Error(ErrorCode::kUnsupported,
                Cat("module ", place.name, " is full: its ", place.stride - 1,
                    " versions are used"),
                "append a new module for what is to come");
  }
  return NextVersion(as_named, format, "");
}

namespace {

std::optional<Shift> ShiftOf(const AppliedRow& row,
                             const std::vector<Migration>& migrations,
                             std::span<const ModulePlace> modules) {
  const Migration* own = FileAt(migrations, row.version);
  if (own && Compare(*own, row) == Drift::kNone) return std::nullopt;
  for (const Migration& file : migrations) {
    if (file.version == row.version) continue;
    if (!Is(file, row, row.version % modules.front().stride)) continue;
    const ModulePlace* holder = PlaceOf(modules, row.version);
    return Shift{&row, &file, holder ? holder->name : ""};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Shift> FindShifts(const std::vector<Migration>& migrations,
                              const TrackerState& state,
                              std::span<const ModulePlace> modules) {
  std::vector<Shift> shifts;
  if (modules.empty()) return shifts;
  for (const AppliedRow& row : state.applied) {
    if (auto shift = ShiftOf(row, migrations, modules))
      shifts.push_back(std::move(*shift));
  }
  return shifts;
}

std::optional<Shift> FindShift(const std::vector<Migration>& migrations,
                               const TrackerState& state,
                               std::span<const ModulePlace> modules) {
  if (modules.empty()) return std::nullopt;
  for (const AppliedRow& row : state.applied) {
    if (auto shift = ShiftOf(row, migrations, modules)) return shift;
  }
  return std::nullopt;
}

ErrorInfo RefuseShift(const Shift& shift,
                      std::span<const ModulePlace> modules) {
  const Version before = shift.row->version / modules.front().stride;
  const std::string holder =
      shift.holder.empty() ? "no module" : Cat("module ", shift.holder);
  ErrorInfo info;
  info.code = ErrorCode::kRenamed;
  info.message =
      Cat("the modules are not in the order in which they were applied: "
          "version ",
          shift.row->version, " ", *shift.row->name,
          " was applied from module ", shift.file->module, ", and now ", holder,
          " stands at number ", before, " and ", shift.file->module,
          " at number ", shift.file->version / modules.front().stride);
  info.where.file = shift.file->path();
  info.version = shift.row->version;
  info.state = "nothing was run";
  info.help = shift.holder.empty()
                  ? Cat("put module ", shift.file->module, " back as number ",
                        before, ", and keep the modules before it in the list")
                  : Cat("put module ", shift.file->module, " back as number ",
                        before, "; a new module, such as ", shift.holder,
                        ", is appended at the end of the list");
  if (before > static_cast<Version>(modules.size()))
    info.help += "; or the stride was another one";
  return info;
}

}  // namespace godwit::migrate
