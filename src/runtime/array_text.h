// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// PostgreSQL's arrays as text:
// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
namespace godwit::internal {

using ArrayTexts = std::vector<std::optional<std::string>>;

// {a,"b,c",NULL}; and of arrays that are texts already, {{1,2},{3}}.
std::string ArrayText(std::span<const std::optional<std::string>> elements);
std::string JoinArrays(std::span<const std::optional<std::string>> arrays);
// The elements of an array; those of inner arrays are texts of arrays again.
// Throws Error(kInternal) where the text is none.
ArrayTexts ReadArray(std::string_view text);

}  // namespace godwit::internal
