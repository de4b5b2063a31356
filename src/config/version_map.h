// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "migrate/version_map.h"

namespace godwit::config {

// A YAML mapping of another tool's versions to numbers: "1.2": 12; ~ leaves a
// version out. Throws Error(kConfig) with file and line: YAML that does not
// parse, a key that stands twice, a value that is no version.
migrate::VersionMap ReadVersionMap(const std::string& path);
migrate::VersionMap ParseVersionMap(std::string_view text,
                                    const std::string& path);

}  // namespace godwit::config
