// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bench::sqlite {

// items
struct Item {
  std::int64_t id = 0;
  std::int64_t owner_id = 0;
  std::string title;
  double price = 0;
  std::optional<std::string> note;
  bool operator==(const Item&) const = default;
};

}  // namespace bench::sqlite
