// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace godwit::migrate {

// A migration that is written whole, before any format.
struct Written {
  struct Statement {
    std::string sql;                    // without its semicolon
    std::vector<std::string> comments;  // lines above it, without their dashes
  };
  struct Way {
    std::vector<std::string> comments;
    std::vector<Statement> statements;
  };
  Way up;
  Way down;
  bool transaction = true;
};

// The statements as a file holds them, each ended by a semicolon. `begin` and
// `end` are lines around those with a semicolon inside.
std::string WayText(const Written::Way& way, std::string_view begin = {},
                    std::string_view end = {});

}  // namespace godwit::migrate
