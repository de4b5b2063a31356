// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "godwit/connection.h"
#include "query/shape.h"

namespace godwit::codegen {

// A type of C++ that the user wants for a type of the database or a column.
struct TypeChoice {
  std::string db_type;  // one of the two
  std::string column;   // "users.id", "public.users.id"
  bool nullable_only = false;
  std::string cpp_type;
  std::string include;
};

// Whether a query's result or parameter, or a column of the tables that they
// read, has that type or is that column. Pure.
bool Matches(const TypeChoice& choice, const query::Analyzed& analyzed);

// What code is written from.
struct Input {
  EngineKind engine;
  std::string name_space;  // "app::db"
  const query::Analyzed& analyzed;
  std::map<std::string, std::string> rename;
  std::vector<TypeChoice> choices;
};

struct GeneratedFile {
  std::string name;  // "users.h"
  std::string text;
};

}  // namespace godwit::codegen
