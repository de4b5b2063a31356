// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "command/command.h"
#include "migrate/formats/format.h"
#include "migrate/modules.h"
#include "migrate/source.h"

namespace godwit::command {

// Where a new migration belongs, and what is there already.
struct NewPlace {
  std::string folder;
  std::optional<migrate::ModulePlace> module;
  std::optional<migrate::Source> source;  // none: the folder holds none yet
};

// Throws Error(kUsage) where --module is needed and not given, or names none.
NewPlace FindNewPlace(const Call& call, const Settings& settings);
// Of the files there, else the project's, else goose's.
const migrate::Format& FormatIn(const NewPlace& place,
                                const Settings& settings);
// The version of the next file, spelled as its name has it.
std::string NextVersionIn(const NewPlace& place, migrate::FormatKind format);
// As a file's name has it. Throws Error(kUsage) where nothing is left of it.
std::string TitleOf(const std::string& name);
// Their paths. Throws Error(kFileUnreadable); no file is written over.
std::vector<std::string> WriteNewFiles(
    const std::string& folder, std::span<const migrate::Format::NewFile> files);
[[noreturn]] void Unwritable(const std::string& path,
                             const std::string& reason);

}  // namespace godwit::command
