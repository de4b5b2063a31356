// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace godwit::cli {

// The file is there whole or as it was before; its folder is made. Throws
// Error(kFileUnreadable).
void WriteWhole(const std::string& path, const std::string& text);

}  // namespace godwit::cli
