// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "codegen/cpp/types.h"

namespace godwit::codegen {

// A struct that is read from columns.
struct RowStruct {
  std::string name;
  std::vector<Member> members;
};

// One function as it will be written.
struct Function {
  const query::Shape* shape = nullptr;
  std::vector<Member> parameters;  // by number
  bool takes_struct = false;       // three and more, or one that may be absent
  // What a row becomes: one of these.
  std::string row_type;          // empty: no rows
  std::optional<RowStruct> row;  // a struct of its own
  bool single = false;           // one column, bare
};

// The functions of one file of queries.
struct FilePlan {
  std::string stem;    // "users"
  std::string source;  // "queries/users.sql"
  std::vector<Function> functions;
  std::vector<std::string> headers;  // of the standard library and ours
};

// All that will be written: pure, before any text.
struct Plan {
  std::vector<FilePlan> files;
  std::map<std::string, RowStruct> models;  // by table
  std::vector<const schema::EnumType*> enums;
  std::vector<std::string> model_headers;
};

Plan MakePlan(const Input& input, TypeNames& types);

}  // namespace godwit::codegen
