// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "godwit/value.h"

namespace generated::lite {

// everything
struct Everything {
  std::int64_t id = 0;
  bool truth = false;
  std::int64_t plain = 0;
  double real = 0;
  std::string words;
  godwit::Bytes bytes;
  godwit::Value free;
  std::optional<std::int64_t> maybe;
  bool operator==(const Everything&) const = default;
};

// parts
struct Part {
  std::int64_t id = 0;
  std::int64_t whole_id = 0;
  std::string title;
  bool operator==(const Part&) const = default;
};

}  // namespace generated::lite
