// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/time.h"
#include "godwit/types.h"
#include "godwit/value.h"

namespace generated::pg {

enum class Mood {
  kSad,
  kSoSo,
  kHappy,
};

// The label as the database has it.
std::string_view ToString(Mood value);
// False where the text is no label.
bool FromString(std::string_view text, Mood& value);

// public.addresses
struct Address {
  std::string address;
  std::int64_t part_id = 0;
  bool operator==(const Address&) const = default;
};

// public.everything
struct Everything {
  std::int64_t id = 0;
  bool truth = false;
  std::int16_t small = 0;
  std::int32_t plain = 0;
  float part = 0;
  double whole = 0;
  godwit::Decimal exact;
  std::string words;
  std::string code;
  godwit::Bytes bytes;
  godwit::Date day{};
  godwit::TimeOfDay clock{};
  godwit::Timestamp moment{};
  godwit::LocalTimestamp wall{};
  godwit::Interval span;
  godwit::Uuid name{};
  godwit::Json document;
  Mood state{};
  std::vector<std::int32_t> numbers;
  std::vector<std::string> texts;
  std::vector<Mood> states;
  std::optional<std::int32_t> maybe;
  std::optional<std::string> maybe_text;
  std::optional<Mood> maybe_state;
  std::optional<std::vector<std::int64_t>> maybe_list;
  bool operator==(const Everything&) const = default;
};

// public.parts
struct Part {
  std::int64_t id = 0;
  std::int64_t whole_id = 0;
  std::string title;
  bool operator==(const Part&) const = default;
};

}  // namespace generated::pg
