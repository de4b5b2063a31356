// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/generated.h"

namespace godwit::codegen {

// A type as it is written in a header.
struct WrittenType {
  std::string name;       // "std::optional<std::vector<std::string>>"
  bool is_small = false;  // passed by value
};

// A member of a struct.
struct Member {
  WrittenType type;
  std::string name;
  int embed = -1;  // of the shape's
};

// Types of C++ for those of the database, with the headers that they need.
class TypeNames {
 public:
  explicit TypeNames(const Input& input) : input_(input) {}

  struct Asked {
    std::string_view type;
    int array_dims = 0;
    bool nullable = false;
    std::string_view table;  // "public.users"
    std::string_view column;
  };
  WrittenType Of(const Asked& asked);
  // The name of a table's struct: "users" → "User".
  std::string ModelOf(const schema::Relation& relation) const;
  std::string EnumOf(const schema::EnumType& type) const;
  const schema::EnumType* FindEnum(std::string_view type) const;
  const schema::Relation* FindRelation(std::string_view table) const;
  std::string MemberName(std::string_view column, std::size_t index) const;

  // Since the last call.
  std::set<std::string> TakeHeaders();
  std::set<std::string> TakeEnums();
  void AddHeader(std::string_view header) { headers_.emplace(header); }

 private:
  const TypeChoice* FindChoice(const Asked& asked) const;
  std::string Renamed(std::string_view key, std::string otherwise) const;

  const Input& input_;
  std::set<std::string> headers_;
  std::set<std::string> enums_;
};

}  // namespace godwit::codegen
