// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query_facts.h"
#include "schema/relation.h"
#include "sql/tree.h"

namespace godwit::query {

// What is known of an expression without asking a database.
struct Derived {
  bool nullable = true;
  std::string type;  // empty: unknown; SQLite: the storage class
};

// One column of a result, as it follows from the query's text.
struct DerivedColumn {
  std::string name;
  Derived derived;
  std::string table;   // "public.users"; empty: no column of a table
  std::string origin;  // its name there
  // Of a star: where it stands in the text, and whether an outer join may blank
  // all of the table's columns at once. Both are for sqlc.embed.
  std::optional<std::size_t> star;
  bool blanked = false;
  // Of a star over what has unknown columns: any number of columns.
  bool any_number = false;
};

// What a parameter stands beside: a column, a function's argument.
struct DerivedParameter {
  std::string name;
  bool nullable = false;
  std::string type;
  std::string table;  // of the column
};

// The columns that a `*` stands for, each with the name of its FROM item; that
// is empty for a column that a join has made of two. None: it cannot be told.
struct StarColumn {
  std::string source;
  std::string name;

  bool operator==(const StarColumn&) const = default;
};
using StarColumns = std::vector<StarColumn>;

struct Analysis {
  std::vector<DerivedColumn> columns;
  std::map<std::size_t, StarColumns> stars;  // by the place in the text
  std::map<int, DerivedParameter> parameters;
  bool one_row = false;  // exactly one, always
};

// The relations that a name can mean.
class Names {
 public:
  Names(std::span<const schema::Relation> relations, bool folds)
      : relations_(relations), folds_(folds) {}
  const schema::Relation* Find(std::span<const std::string> path) const;
  bool Same(std::string_view a, std::string_view b) const;
  bool folds() const { return folds_; }
  std::span<const schema::Relation> relations() const { return relations_; }

 private:
  std::span<const schema::Relation> relations_;
  bool folds_;
};

// Where names are resolved and what is known of the engine.
struct Setting {
  const Names& names;
  const engine::QueryFacts& facts;
  // Reads a view's query; null where it cannot be read.
  std::function<sql::QueryPtr(std::string_view)> parse;
  // Whether the author said that a parameter may be NULL (sqlc.narg).
  std::map<int, bool> parameter_nullable;
};

// Pure: names, nullability, types and parameters from a query's tree. What it
// cannot know is nullable and has no type. Nothing is called not null that can
// be NULL, if the schema's constraints hold.
Analysis Analyze(const sql::Query& query, const Setting& setting);

}  // namespace godwit::query
