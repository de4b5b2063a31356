// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <string_view>

namespace generated::pg {

// public.everything
inline constexpr std::string_view kEverythingPkey = "everything_pkey";

// public.parts
inline constexpr std::string_view kPartsPkey = "parts_pkey";
inline constexpr std::string_view kPartsWholeIdFkey = "parts_whole_id_fkey";

}  // namespace generated::pg
