// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "migrate/formats/format.h"
#include "migrate/migration.h"
#include "migrate/tracker.h"

namespace godwit::migrate {

// A module's place in the one sequence: versions base + 1 to base + stride - 1.
struct ModulePlace {
  std::string name;
  Version base = 0;
  Version stride = 0;

  Version last() const { return base + stride - 1; }
  bool Holds(Version version) const {
    return version > base && version <= last();
  }
};

// The places of the modules in their order. Throws Error(kConfig) for a stride
// below 2, an empty name, and one name twice.
std::vector<ModulePlace> PlaceModules(std::span<const std::string> names,
                                      Version stride);

// The number within the module that a file's version means: below the stride it
// is one already, a version of the module's own place is one with the base
// added. Else the reason why it is neither.
std::variant<Version, std::string> NumberIn(const ModulePlace& place,
                                            Version version);

// Gives the files of the module at this index their versions in the sequence.
// Throws Error(kBadFilename) with all that have none, Error(kVersionCollision).
void AssignVersions(std::span<const ModulePlace> modules, std::size_t index,
                    std::vector<Migration>& migrations);

// The version in the name of the module's next file, spelled in the way of its
// newest: a number within the module, or a version of the sequence. Throws
// Error(kUnsupported) where the module is full.
std::string NextInModule(const ModulePlace& place,
                         const std::vector<Migration>& migrations,
                         FormatKind format);

// A row whose migration stands elsewhere now: the list of modules is no longer
// in the order in which it was when that row was written.
struct Shift {
  const AppliedRow* row = nullptr;
  const Migration* file = nullptr;
  std::string holder;  // the module that the row's version belongs to now
};
// Found by name and checksum, where a row's own file has others.
std::vector<Shift> FindShifts(const std::vector<Migration>& migrations,
                              const TrackerState& state,
                              std::span<const ModulePlace> modules);
// The first of them.
std::optional<Shift> FindShift(const std::vector<Migration>& migrations,
                               const TrackerState& state,
                               std::span<const ModulePlace> modules);
ErrorInfo RefuseShift(const Shift& shift, std::span<const ModulePlace> modules);

}  // namespace godwit::migrate
