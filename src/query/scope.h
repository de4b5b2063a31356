// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/analysis.h"

namespace godwit::query {

// A column that a FROM item offers.
struct Field {
  std::string name;
  Derived derived;
  std::string table;  // "public.users"
  std::string origin;
  bool hidden = false;            // not in `*`
  bool declared_nullable = true;  // whatever joins and conditions make of it
};

// One FROM item that has a name.
struct Source {
  std::string alias;
  std::string schema;  // where it is a table without an alias
  std::vector<Field> fields;
  bool any_columns = false;  // besides these, unknown ones
  bool blanked = false;      // on the nullable side of an outer join
  bool row_number = false;   // SQLite: rowid
};

// A place among the sources of a scope.
struct FieldPlace {
  std::size_t source = 0;
  std::size_t field = 0;
  auto operator<=>(const FieldPlace&) const = default;
};

// A column of `*` that a join has made of two: NATURAL, USING.
struct Merged {
  std::string name;
  std::vector<FieldPlace> parts;
  bool nullable = true;
};

using Tables = std::map<std::string, std::vector<Field>, std::less<>>;

// The names of one SELECT and of those around it.
class Scope {
 public:
  Scope(const Names& names, const Scope* outer)
      : names_(names), outer_(outer) {}

  // What a FROM clause adds.
  struct Range {
    std::size_t first = 0;  // sources
    std::size_t last = 0;
    std::vector<FieldPlace> shown;  // the columns of `*`, but the merged ones
    std::vector<Merged> merged;
  };

  std::vector<Source>& sources() { return sources_; }
  const std::vector<Source>& sources() const { return sources_; }
  void set_range(Range range) { range_ = std::move(range); }
  const Range& range() const { return range_; }
  Range& range() { return range_; }
  const Scope* outer() const { return outer_; }

  // The column of this name (table and schema before it), here or further out.
  // Null: none, or it cannot be told.
  std::optional<Field> Find(const std::vector<std::string>& path) const;
  // The place of a column here, not further out.
  std::optional<FieldPlace> Place(const std::vector<std::string>& path) const;
  const Source* FindSource(std::string_view alias) const;
  // A field with all that is known here: blanked by a join, proved not null.
  Field At(const FieldPlace& place) const;
  Field Of(const Merged& merged) const;
  // From now on the column is not NULL, and its row is there.
  void Prove(const std::vector<std::string>& path);

 private:
  std::optional<Field> FindHere(const std::vector<std::string>& path) const;

  const Names& names_;
  const Scope* outer_;
  std::vector<Source> sources_;
  Range range_;
};

}  // namespace godwit::query
