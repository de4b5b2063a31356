// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <string_view>

namespace bench::postgresql {

// public.items
inline constexpr std::string_view kItemsPkey = "items_pkey";

}  // namespace bench::postgresql
