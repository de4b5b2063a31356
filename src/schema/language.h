// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace godwit::schema {

// What may stand in a document that declares a schema, as plain data: an engine
// has one table. What reads documents checks them against it, what writes them
// takes the order and the forms from it; neither knows a kind by name.

// What an attribute takes, as bits. `null` is always taken, and means that the
// attribute is not there.
enum : unsigned {
  kTakesBool = 1,
  kTakesInteger = 2,
  kTakesNumber = 4,
  kTakesString = 8,
  kTakesSql = 16,         // sql("…")
  kTakesWord = 32,        // one of `words`
  kTakesWordText = 64,    // one of `words`, as a string: "SET NULL", "cascade"
  kTakesAnyWord = 128,    // any bare word
  kTakesReference = 256,  // to one of the kinds in `references`
  kTakesType = 512,  // a word of Language::types with its arguments, sql("…"),
                     // a reference to one of Language::type_references
};

struct AttributeRule {
  std::string_view name;
  unsigned takes = 0;
  std::string_view words = {};       // with blanks between: "ALWAYS BY_DEFAULT"
  std::string_view references = {};  // with blanks between: "table view"; of
                                     // parts: "column"
  bool list = false;                 // a list of those
  bool required = false;
  int since = 0;        // the server's least version; 0: any
  bool behind = false;  // written behind the blocks
  bool body = false;    // a text in SQL; of more lines than one a heredoc
};

// Of these, attributes or blocks, there is at most one.
struct ExclusiveRule {
  std::string_view names;  // with blanks between: "columns on"
  bool required = false;   // exactly one
};

enum class Label { kNone, kOptional, kRequired };

// Attributes and blocks are listed in the order in which they are written. An
// attribute and a block of one name exclude each other.
struct BlockRule {
  std::string_view kind;
  Label label = Label::kRequired;
  bool qualifier = false;  // a label more may stand before the name
  bool repeatable = true;
  bool required = false;
  // Other blocks of the kind and the label may stand beside it: overloads, and
  // what is named within a table only.
  bool shares_label = false;
  // What attributes of any other name take; 0: there are none.
  unsigned free_attributes = 0;
  // Attributes that refer to objects whose parts are its own too: a partition
  // has the columns of the table that it is of.
  std::string_view members_from = {};
  std::span<const AttributeRule> attributes = {};
  std::span<const BlockRule> blocks = {};
  std::span<const ExclusiveRule> exclusives = {};
  int since = 0;
};

struct TypeRule {
  std::string_view word;  // "double_precision"
  std::string_view sql;   // "double precision"
  int arguments = 0;      // at most; -1: any, strings too
  int required = 0;       // at least
};

struct Language {
  std::span<const BlockRule> blocks;  // of a document
  std::span<const TypeRule> types;
  // Kinds whose objects are types too, with blanks between.
  std::string_view type_references;
};

}  // namespace godwit::schema
