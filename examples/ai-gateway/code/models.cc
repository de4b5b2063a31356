// Made by godwit from the schema; changes in here are lost.
#include "models.h"

namespace gateway::db {

std::string_view ToString(ProviderKind value) {
  switch (value) {
    case ProviderKind::kOpenai:
      return "openai";
    case ProviderKind::kAnthropic:
      return "anthropic";
    case ProviderKind::kLocal:
      return "local";
  }
  return {};
}

bool FromString(std::string_view text, ProviderKind& value) {
  if (text == "openai") {
    value = ProviderKind::kOpenai;
    return true;
  }
  if (text == "anthropic") {
    value = ProviderKind::kAnthropic;
    return true;
  }
  if (text == "local") {
    value = ProviderKind::kLocal;
    return true;
  }
  return false;
}

}  // namespace gateway::db
