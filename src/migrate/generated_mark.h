// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::migrate {

// The first line of a file that was written from a schema: it holds the
// checksum of what follows, so that a change made by hand is noticed. Line ends
// do not count. Without the line the file is its author's own.
std::string WithGeneratedMark(std::string_view text);

enum class GeneratedMark { kNone, kIntact, kEdited };
GeneratedMark ReadGeneratedMark(std::string_view bytes);

}  // namespace godwit::migrate
