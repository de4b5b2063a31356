// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/project_settings.h"
#include "command/command.h"
#include "state/catalog/source.h"
#include "state/dev_database.h"

namespace godwit::cli {

// The schemas that a command names, and the scratch server that it reads them
// with. One engine for all: that of their DSNs, else --engine, else the
// project's.
class SchemaSources {
 public:
  SchemaSources(const command::Call& call,
                std::span<const std::string> sources);

  // Of the source with this number.
  state::ReadSchema Read(std::size_t number);
  state::DevServer& dev() { return *dev_; }

 private:
  // The command's flags; what names a source that is no database is no DSN.
  command::Flags flags_;
  ProjectSettings settings_;
  std::vector<state::SchemaSource> sources_;
  std::optional<state::DevServer> dev_;
};

}  // namespace godwit::cli
