// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "migrate/formats/format.h"

namespace godwit::migrate {

// The name of a file without its folder.
std::string_view BaseName(std::string_view path);
// How many decimal digits the text begins with.
std::size_t LeadingDigits(std::string_view text);
// The verdict on a name with this version and title: BadName where the number
// is below `least` or above 2^63-1.
NameVerdict Judge(std::string_view number, std::string_view title, Part part,
                  Version least);

}  // namespace godwit::migrate
