// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/postgres/schema/object.h"

namespace godwit::engine::pg {

// The statements that make a thing on a table that is in use, in the form that
// blocks writers least: indexes concurrently, checks and foreign keys first and
// their proof afterwards. What has no such form is as it was.
std::vector<std::string> CreateOnline(const Object& object);
std::vector<std::string> DropOnline(const Object& object);

// The strongest lock that the statement takes on a table that was there before;
// empty: none that anybody could notice.
std::string LockOf(std::string_view statement);

}  // namespace godwit::engine::pg
