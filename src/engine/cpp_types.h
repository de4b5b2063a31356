// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "godwit/connection.h"

namespace godwit::engine {

// A type of C++ that holds every value of a database's type.
struct CppType {
  std::string name;         // "std::int64_t"
  std::string_view header;  // "<cstdint>"; empty: none
  bool is_small = false;    // passed by value
};

// Of a base type as queries' shapes name it; arrays and NULL are the caller's.
// An enum of the schema is not known here: empty.
CppType CppTypeOf(EngineKind engine, std::string_view type);

}  // namespace godwit::engine
