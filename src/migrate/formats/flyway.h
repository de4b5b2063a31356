// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::migrate {

// "01_02" and "1.2.0" are "1.2": Flyway compares its versions part by part.
std::string FlywayVersion(std::string_view text);
// Whether a name can only be Flyway's: V1_2__x.sql, U1__x.sql, R__x.sql.
bool LooksLikeFlyway(std::string_view file_name);

}  // namespace godwit::migrate
