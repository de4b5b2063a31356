// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "migrate/formats/format.h"

namespace godwit::migrate {

// The format that one file's text or name tells, if any. A guess at a line's
// look, for `auto`; the format's own reader decides afterwards.
std::optional<FormatKind> DetectFormat(std::string_view file_name,
                                       std::string_view bytes);

}  // namespace godwit::migrate
