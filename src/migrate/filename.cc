// SPDX-License-Identifier: Apache-2.0
#include "migrate/filename.h"

#include "base/text.h"

namespace godwit::migrate {

std::string_view BaseName(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::size_t LeadingDigits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9')
    ++count;
  return count;
}

NameVerdict Judge(std::string_view number, std::string_view title, Part part,
                  Version least) {
  const std::string_view digits =
      number.starts_with('+') || number.starts_with('-') ? number.substr(1)
                                                         : number;
  if (digits.empty() || LeadingDigits(digits) != digits.size()) {
    return BadName{Cat("'", number, "' is no version number")};
  }
  const std::optional<Version> version = ParseInt64(number);
  if (number.starts_with('-') || (version && *version < least)) {
    return BadName{Cat("version ", number, " is below ", least)};
  }
  if (!version)
    return BadName{Cat("version ", number, " is above 9223372036854775807")};
  return FileName{*version, std::string(digits), std::string(title), part};
}

}  // namespace godwit::migrate
