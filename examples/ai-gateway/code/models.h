// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "godwit/time.h"

namespace gateway::db {

enum class ProviderKind {
  kOpenai,
  kAnthropic,
  kLocal,
};

// The label as the database has it.
std::string_view ToString(ProviderKind value);
// False where the text is no label.
bool FromString(std::string_view text, ProviderKind& value);

// public.users
struct User {
  std::int64_t id = 0;
  std::string email;
  std::string name;
  godwit::Timestamp created_at{};
  godwit::Timestamp updated_at{};
  bool operator==(const User&) const = default;
};

}  // namespace gateway::db
