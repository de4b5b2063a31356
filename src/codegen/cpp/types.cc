// SPDX-License-Identifier: Apache-2.0
#include "codegen/cpp/types.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "codegen/naming.h"
#include "engine/cpp_types.h"

namespace godwit::codegen {

namespace {

// What a chosen type of the standard library needs.
struct StandardHeader {
  std::string_view word, header;
};
constexpr StandardHeader kStandardHeaders[] = {
    {"std::string", "<string>"},        {"std::int", "<cstdint>"},
    {"std::uint", "<cstdint>"},         {"std::byte", "<cstddef>"},
    {"std::vector", "<vector>"},        {"std::optional", "<optional>"},
    {"std::array", "<array>"},          {"std::chrono", "<chrono>"},
    {"std::filesystem", "<filesystem>"}};

}  // namespace

std::string TypeNames::Renamed(std::string_view key,
                               std::string otherwise) const {
  const auto found = input_.rename.find(std::string(key));
  return found == input_.rename.end() ? otherwise : found->second;
}

// "billing_account" names billing.accounts, as sqlc writes it.
std::string TypeNames::ModelOf(const schema::Relation& relation) const {
  const std::string singular = Singular(relation.name);
  std::string own = Renamed(singular, CamelCase(singular));
  // Of two tables of one name the first found keeps it: a plain name means it.
  for (const schema::Relation& other : input_.analyzed.relations) {
    if (&other == &relation || other.text() == relation.text()) break;
    if (Singular(other.name) != singular) continue;
    own = Cat(CamelCase(relation.schema), own);
    break;
  }
  return Renamed(Cat(relation.schema, "_", singular), own);
}

std::string TypeNames::EnumOf(const schema::EnumType& type) const {
  const std::string own = Renamed(type.name, CamelCase(type.name));
  return Renamed(Cat(type.schema, "_", type.name), own);
}

const schema::EnumType* TypeNames::FindEnum(std::string_view type) const {
  for (const schema::EnumType& known : input_.analyzed.enums) {
    if (known.text() == type) return &known;
  }
  return nullptr;
}

const schema::Relation* TypeNames::FindRelation(std::string_view table) const {
  for (const schema::Relation& known : input_.analyzed.relations) {
    if (known.text() == table) return &known;
  }
  return nullptr;
}

std::string TypeNames::MemberName(std::string_view column,
                                  std::size_t index) const {
  const std::string otherwise = Cat("column_", index + 1);
  if (column.starts_with('?')) return otherwise;
  return Identifier(Renamed(column, std::string(column)), otherwise);
}

const TypeChoice* TypeNames::FindChoice(const Asked& asked) const {
  const std::string full = Cat(asked.table, ".", asked.column);
  const std::string_view plain =
      std::string_view(full).substr(full.find('.') + 1);
  const TypeChoice* found = nullptr;
  for (const TypeChoice& choice : input_.choices) {
    if (choice.nullable_only && !asked.nullable) continue;
    // A column's own choice beats its type's.
    if (!choice.column.empty()) {
      const bool named = choice.column == full || choice.column == plain;
      if (!asked.column.empty() && named) return &choice;
    } else if (choice.db_type == asked.type ||
               choice.db_type == Cat("pg_catalog.", asked.type)) {
      found = &choice;
    }
  }
  return found;
}

WrittenType TypeNames::Of(const Asked& asked) {
  WrittenType made;
  if (const TypeChoice* choice = FindChoice(asked)) {
    made.name = choice->cpp_type;
    if (!choice->include.empty()) {
      const bool marked = choice->include.find_first_of("<\"") == 0;
      AddHeader(marked ? choice->include : Cat('"', choice->include, '"'));
    } else {
      for (const StandardHeader& one : kStandardHeaders)
        if (choice->cpp_type.find(one.word) != std::string::npos)
          AddHeader(std::string(one.header));
    }
  } else if (const schema::EnumType* type = FindEnum(asked.type)) {
    made = {EnumOf(*type), true};
    enums_.insert(type->text());
  } else {
    engine::CppType base = engine::CppTypeOf(input_.engine, asked.type);
    made = {std::move(base.name), base.is_small};
    AddHeader(base.header);
  }
  for (int i = 0; i < asked.array_dims; ++i) {
    made = {Cat("std::vector<", made.name, ">"), false};
    AddHeader("<vector>");
  }
  // godwit::Value can be NULL itself.
  if (asked.nullable && made.name != "godwit::Value") {
    made.name = Cat("std::optional<", made.name, ">");
    AddHeader("<optional>");
  }
  return made;
}

std::set<std::string> TypeNames::TakeHeaders() {
  headers_.erase("");
  return std::exchange(headers_, {});
}

std::set<std::string> TypeNames::TakeEnums() {
  return std::exchange(enums_, {});
}

}  // namespace godwit::codegen
