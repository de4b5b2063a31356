// Made by godwit from the schema; changes in here are lost.
#include "models.h"

namespace generated::pg {

std::string_view ToString(Mood value) {
  switch (value) {
    case Mood::kSad:
      return "sad";
    case Mood::kSoSo:
      return "so so";
    case Mood::kHappy:
      return "happy";
  }
  return {};
}

bool FromString(std::string_view text, Mood& value) {
  if (text == "sad") {
    value = Mood::kSad;
    return true;
  }
  if (text == "so so") {
    value = Mood::kSoSo;
    return true;
  }
  if (text == "happy") {
    value = Mood::kHappy;
    return true;
  }
  return false;
}

}  // namespace generated::pg
