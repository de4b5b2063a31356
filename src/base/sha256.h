// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit {

// SHA-256 as 64 hex digits in lower case.
std::string Sha256Hex(std::string_view bytes);

}  // namespace godwit
