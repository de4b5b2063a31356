// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace godwit::engine {

// Whether the table is where a migration runner keeps what was applied: by its
// name and its columns, since either alone may be a user's own. Of a table of
// more columns than kRunnerColumns the first of them are enough.
bool IsRunnerTable(std::string_view name, std::span<const std::string> columns);

inline constexpr int kRunnerColumns = 24;

}  // namespace godwit::engine
