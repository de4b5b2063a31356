// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace godwit::schema {

// A schema's objects as a document declares them: a tree of blocks with
// attributes, evaluated, its references resolved. No notation is known here,
// and no engine: what blocks and attributes there are is the engine's to say.

// Where something stands: bytes of the document's file of that number.
struct Mark {
  int file = -1;  // none: it was not read from a document
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// What is meant by table.users.column.id: the object by its kind and its real
// name, and the part of it. Without a kind it is a part of the table around.
struct Reference {
  std::string kind;  // "table"
  Name name;
  std::string member_kind;  // "column"; empty: the object itself
  std::string member;

  bool operator==(const Reference&) const = default;
};

struct Value {
  enum class Kind {
    kNull,
    kBool,
    kNumber,     // `text`: its digits, exact
    kString,     // `text`
    kSql,        // `text`: an expression as the database takes it
    kWord,       // `text`: BTREE, numeric; `items`: what stands behind it in
                 // parentheses
    kReference,  // `reference`
    kList,       // `items`
  };
  Kind kind = Kind::kNull;
  bool truth = false;
  std::string text;
  std::vector<Value> items;
  Reference reference;
  Mark mark;
};

struct Attribute {
  std::string name;
  Value value;
  Mark mark;  // of its name
};

struct Declaration {
  std::string kind;       // "table"
  std::string qualifier;  // the label before the name; empty: none
  std::string name;       // empty: it has none
  std::vector<Attribute> attributes;
  std::vector<Declaration> blocks;
  Mark mark;  // of its head

  // nullptr: it is not there, or null.
  const Value* Find(std::string_view attribute) const;
};

}  // namespace godwit::schema
