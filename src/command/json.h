// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "godwit/error.h"

namespace godwit::command {

using Json = nlohmann::ordered_json;

// {"code","message","file","line",…}; what is unknown is left out.
Json ErrorValue(const ErrorInfo& info);
// One line; bytes that are no UTF-8 are replaced.
std::string Dump(const Json& document);

}  // namespace godwit::command
