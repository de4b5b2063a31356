// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/difference.h"

#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/lookup.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Column;
using schema::Constraint;
using schema::Table;
using Constraints = std::vector<const Constraint*>;
using Kind = Constraint::Kind;
using Way = TableDifference::Way;

// What the one has and the other has not, each as often as it is too many.
struct Remainder {
  Constraints from;
  Constraints to;
};

Remainder Subtract(const Table& from, const Table& to, const Meaning& meaning) {
  Remainder rest;
  std::multiset<std::string> known;
  for (const Constraint& one : from.constraints) known.insert(meaning.Of(one));
  for (const Constraint& one : to.constraints) {
    const auto found = known.find(meaning.Of(one));
    if (found == known.end()) {
      rest.to.push_back(&one);
    } else {
      known.erase(found);
    }
  }
  for (const Constraint& one : from.constraints) {
    const auto found = known.find(meaning.Of(one));
    if (found == known.end()) continue;
    known.erase(found);
    rest.from.push_back(&one);
  }
  return rest;
}

bool BelongsTo(const Constraint& constraint,
               const std::vector<const Column*>& columns) {
  const bool goes_along =
      constraint.of_column &&
      (constraint.kind == Kind::kCheck || constraint.kind == Kind::kForeignKey);
  return goes_along && std::ranges::any_of(columns, [&](const Column* column) {
           return column->name == constraint.columns.front();
         });
}

// The limits of ALTER TABLE ADD COLUMN, but for those that rows break.
bool CanAdd(const Column& column, const Table& to) {
  if (!column.generated.empty()) return !column.generated_stored;
  if (column.default_value.empty()) return true;
  if (!IsLiteral(column.default_value)) return false;
  const bool refers =
      std::ranges::any_of(to.constraints, [&](const Constraint& constraint) {
        return constraint.kind == Kind::kForeignKey && constraint.of_column &&
               constraint.columns.front() == column.name;
      });
  return !refers || IsNull(column.default_value);
}

// What the column's own expressions name.
std::set<std::string> WordsOf(const Column& column, const Table& table) {
  std::string text = column.generated;
  for (const Constraint& one : table.constraints) {
    if (one.of_column && one.kind == Kind::kCheck &&
        one.columns.front() == column.name)
      text += ' ' + one.definition;
  }
  return sqlite::WordsOf(text);
}

// Added columns behind those that they name; false where there is no such
// order.
bool Order(std::vector<const Column*>& added, const Table& to) {
  std::vector<const Column*> ordered;
  while (!added.empty()) {
    const auto free = std::ranges::find_if(added, [&](const Column* column) {
      const std::set<std::string> words = WordsOf(*column, to);
      return std::ranges::none_of(added, [&](const Column* other) {
        return other != column && words.contains(AsciiLower(other->name));
      });
    });
    if (free == added.end()) return false;
    ordered.push_back(*free);
    added.erase(free);
  }
  added = std::move(ordered);
  return true;
}

// ALTER TABLE DROP COLUMN refuses a column that something else names. Indexes
// are dropped before.
bool CanDrop(const Column& column, const Table& from) {
  for (const Constraint& constraint : from.constraints) {
    const bool goes_along = constraint.of_column &&
                            constraint.columns.front() == column.name &&
                            (constraint.kind == Kind::kCheck ||
                             constraint.kind == Kind::kForeignKey);
    if (goes_along) continue;
    if (sqlite::WordsOf(constraint.definition)
            .contains(AsciiLower(column.name)))
      return false;
  }
  return std::ranges::none_of(from.columns, [&](const Column& other) {
    return !other.generated.empty() && other.name != column.name &&
           sqlite::WordsOf(other.generated).contains(AsciiLower(column.name));
  });
}

Way WayOf(const TableDifference& difference, const Remainder& rest,
          const Table& from, const Table& to) {
  const bool keeps_rows_form = from.strict == to.strict &&
                               from.without_rowid == to.without_rowid &&
                               from.autoincrement == to.autoincrement;
  const bool can_alter =
      keeps_rows_form &&
      std::ranges::all_of(rest.from,
                          [&](const Constraint* one) {
                            return BelongsTo(*one, difference.dropped);
                          }) &&
      std::ranges::all_of(rest.to,
                          [&](const Constraint* one) {
                            return BelongsTo(*one, difference.added);
                          }) &&
      std::ranges::all_of(
          difference.added,
          [&](const Column* column) { return CanAdd(*column, to); }) &&
      std::ranges::all_of(difference.dropped, [&](const Column* column) {
        return CanDrop(*column, from);
      });
  return can_alter ? Way::kAlter : Way::kRebuild;
}

}  // namespace

bool IsLiteral(std::string_view expression) {
  Cursor cursor(expression);
  if (!cursor.TakeSymbol('-')) cursor.TakeSymbol('+');
  using sql::TokenKind;
  const TokenKind kind = cursor.Peek().kind;
  const std::string word = AsciiLower(cursor.Peek().text);
  cursor.Advance();
  if (word == "x" && cursor.Peek().kind == TokenKind::kString) cursor.Advance();
  const bool is_value = kind == TokenKind::kNumber ||
                        kind == TokenKind::kString ||
                        HoldsWord(" null true false x ", word);
  return is_value && cursor.at_end();
}

bool IsNull(std::string_view expression) {
  return expression.empty() || EqualsIgnoringCase(Trim(expression), "null");
}

const schema::Column* RowidColumn(const Table& table) {
  if (table.without_rowid) return nullptr;
  for (const Constraint& key : table.constraints) {
    const bool is_odd = key.definition.find('(') == std::string::npos;
    if (key.kind != Kind::kPrimaryKey || key.columns.size() != 1 || is_odd)
      continue;
    const Column* column = Find(table.columns, key.columns.front());
    if (column && EqualsIgnoringCase(column->type, "integer")) return column;
  }
  return nullptr;
}

TableDifference Compare(const Table& from, const Table& to,
                        const Meaning& meaning) {
  TableDifference difference;
  const bool is_same = !from.definition.empty() && from.name == to.name &&
                       from.definition == to.definition;
  if (is_same) return difference;
  bool changes = false;
  for (const Column& column : to.columns) {
    const Column* old = Find(from.columns, column.name);
    if (!old) {
      difference.added.push_back(&column);
    } else {
      changes = changes || meaning.Of(*old) != meaning.Of(column);
    }
  }
  for (const Column& column : from.columns) {
    if (!Find(to.columns, column.name)) difference.dropped.push_back(&column);
  }
  if (from.text_only || to.text_only) {
    const bool is_equal =
        meaning.Of(from.definition) == meaning.Of(to.definition);
    difference.way = is_equal ? Way::kNothing : Way::kRebuild;
    return difference;
  }
  const Remainder rest = Subtract(from, to, meaning);
  const bool same_form = from.strict == to.strict &&
                         from.without_rowid == to.without_rowid &&
                         from.autoincrement == to.autoincrement;
  if (!changes && same_form && difference.added.empty() &&
      difference.dropped.empty() && rest.from.empty() && rest.to.empty())
    return difference;
  difference.way = changes || !Order(difference.added, to)
                       ? Way::kRebuild
                       : WayOf(difference, rest, from, to);
  return difference;
}

}  // namespace godwit::engine::sqlite
