// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/row_checks.h"

#include <optional>

#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/difference.h"
#include "engine/sqlite/schema/lookup.h"
#include "engine/sqlite/schema/rebuild.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Column;
using schema::Constraint;
using schema::Index;
using schema::RowCheck;
using schema::Table;
using Kind = Constraint::Kind;

// The parts of a key or an index, and its WHERE.
struct KeyText {
  std::vector<std::string> parts;  // without ASC and DESC
  std::string where;
};

// From the first parenthesis of "UNIQUE (a, b)" or "CREATE INDEX … (a) WHERE".
std::optional<KeyText> ReadKey(std::string_view sql) try {
  KeyText key;
  Cursor cursor(sql);
  while (!cursor.at_end() && !cursor.IsSymbol('(')) cursor.Advance();
  cursor.NeedSymbol('(');
  std::size_t begin = cursor.offset();
  std::size_t end = begin;
  for (int depth = 0; depth >= 0; cursor.Advance()) {
    if (cursor.at_end()) return std::nullopt;
    if (cursor.IsSymbol('(')) ++depth;
    if (cursor.IsSymbol(')')) --depth;
    if (depth < 0 || (depth == 0 && cursor.IsSymbol(','))) {
      key.parts.emplace_back(sql.substr(begin, end - begin));
      begin = cursor.Peek().end();
    } else if (depth > 0 || (!cursor.IsWord("asc") && !cursor.IsWord("desc"))) {
      end = cursor.Peek().end();
    }
  }
  if (cursor.TakeWord("where")) key.where = sql.substr(cursor.offset());
  return key;
} catch (const NotRead&) {
  return std::nullopt;
}

// What a column of this type makes of what it is given, as behind CAST: the
// rules of https://www.sqlite.org/datatype3.html. Empty: it is left as it is.
std::string_view AffinityOf(std::string_view type) {
  const std::string lower = AsciiLower(type);
  const auto holds = [&](std::string_view part) {
    return lower.find(part) != std::string::npos;
  };
  if (holds("int")) return "NUMERIC";
  if (holds("char") || holds("clob") || holds("text")) return "TEXT";
  if (holds("blob") || lower.empty() || lower == "any") return "";
  if (holds("real") || holds("floa") || holds("doub")) return "REAL";
  return "NUMERIC";
}

// A value as the column has it then. Most often it is one of the same kind.
std::string Converted(std::string value, const Column* old,
                      const Column& column) {
  const std::string_view affinity = AffinityOf(column.type);
  const bool stays = old && AffinityOf(old->type) == affinity &&
                     column.generated.empty() && old->generated.empty();
  if (stays || affinity.empty()) return value;
  const auto cast = [&](std::string_view type) {
    return Cat("CAST(", value, " AS ", type, ')');
  };
  if (affinity == "TEXT") return cast(affinity);
  // A text that is no number stays one; a whole number gets whole.
  const std::string number = Cat(value, " = ", cast("NUMERIC"));
  if (affinity == "REAL")
    return Cat("CASE WHEN ", number, " THEN ", cast(affinity), " ELSE ", value,
               " END");
  return Cat("CASE WHEN NOT (", number, ") THEN ", value, " WHEN ",
             cast("NUMERIC"), " = ", cast("INTEGER"), " THEN ", cast("INTEGER"),
             " ELSE ", cast("NUMERIC"), " END");
}

class RowChecker {
 public:
  RowChecker(const RowQuestion& question, const Table& from, const Table& to,
             std::vector<RowCheck>& checks)
      : now_(question.now),
        goal_(question.to),
        from_(from),
        to_(to),
        meaning_(question.meaning),
        names_(question.names),
        checks_(checks),
        rows_(Cat(NewRows(from, to), " AS ", Quote(to.name.name))) {}

  void Add();

 private:
  std::string OldRows(const Table& table, std::string_view rowid) const;
  std::string NewRows(const Table& from, const Table& to) const;
  void Ask(std::string where, std::string message);
  void AskColumn(const Column& column);
  void AskType(const Column& column, const Column& old);
  void AskUnique(std::string_view definition, std::string message);
  void AskForeignKey(const Constraint& key);
  void AskConstraint(const Constraint& constraint);
  bool Keeps(const Constraint& constraint) const;
  bool Keeps(const Index& index) const;
  bool NamesChanged(std::string_view text) const;

  const Catalog& now_;
  const Catalog& goal_;
  const Table& from_;
  const Table& to_;
  const Meaning& meaning_;
  const OldNames& names_;
  std::vector<RowCheck>& checks_;
  std::string rows_;
};

// The rows as they are, under the names that they will have.
std::string RowChecker::OldRows(const Table& table,
                                std::string_view rowid) const {
  std::string columns(rowid);
  bool renamed = false;
  for (const Column& column : table.columns) {
    const std::string old = names_.Column(table.name.name, column.name);
    renamed = renamed || old != column.name;
    columns += Cat(columns.empty() ? "" : ", ", Quote(old), " AS ",
                   Quote(column.name));
  }
  const std::string old = Quote(names_.Table(table.name.name));
  return renamed ? Cat("(SELECT ", columns, " FROM ", old, ')') : old;
}

// The rows as the new table would get them.
std::string RowChecker::NewRows(const Table& from, const Table& to) const {
  std::string columns;
  const auto add = [&](std::string_view value, std::string_view name) {
    columns += Cat(columns.empty() ? "" : ", ", value, " AS ", Quote(name));
  };
  const std::vector<Copied> copied = CopiedColumns(from, to);
  std::string computed;
  std::string rowid;
  for (const Column& column : to.columns) {
    if (!column.generated.empty()) {
      computed +=
          Cat(", ", Converted(Cat('(', column.generated, ')'), nullptr, column),
              " AS ", Quote(column.name));
      continue;
    }
    const auto found = std::ranges::find(copied, column.name, &Copied::column);
    const bool is_old = Find(from.columns, column.name) != nullptr;
    if (found != copied.end() && (is_old || &column == RowidColumn(to))) {
      if (!is_old) rowid = found->expression;
      add(Converted(found->expression, Find(from.columns, column.name), column),
          column.name);
    } else {
      add(IsNull(column.default_value)
              ? "NULL"
              : Converted(Cat('(', column.default_value, ')'), nullptr, column),
          column.name);
    }
  }
  const std::string rows =
      Cat("(SELECT ", columns, " FROM ", OldRows(from, rowid), ')');
  return computed.empty() ? rows
                          : Cat("(SELECT *", computed, " FROM ", rows, ')');
}

void RowChecker::Ask(std::string where, std::string message) {
  checks_.push_back({names_.Table(from_.name.name),
                     Cat("SELECT count(*) FROM ", rows_, " WHERE ", where),
                     std::move(message)});
}

bool RowChecker::Keeps(const Constraint& constraint) const {
  return std::ranges::any_of(from_.constraints, [&](const Constraint& old) {
    return meaning_.Of(old) == meaning_.Of(constraint);
  });
}

bool RowChecker::Keeps(const Index& index) const {
  return std::ranges::any_of(from_.indexes, [&](const Index& old) {
    return old.unique && meaning_.Of(old) == meaning_.Of(index);
  });
}

// Whether a column that the text names is another one than before.
bool RowChecker::NamesChanged(std::string_view text) const {
  const std::set<std::string> words = WordsOf(text);
  return std::ranges::any_of(to_.columns, [&](const Column& column) {
    const Column* old = Find(from_.columns, column.name);
    return words.contains(AsciiLower(column.name)) &&
           (!old || !column.generated.empty() ||
            meaning_.Of(*old) != meaning_.Of(column));
  });
}

void RowChecker::AskColumn(const Column& column) {
  if (&column == RowidColumn(to_)) return;
  const Column* old = Find(from_.columns, column.name);
  const bool is_key =
      (to_.without_rowid || to_.strict) &&
      std::ranges::any_of(to_.constraints, [&](const Constraint& key) {
        return key.kind == Kind::kPrimaryKey && Holds(key.columns, column.name);
      });
  const bool was_set = old && old->not_null && column.generated.empty();
  if ((column.not_null || is_key) && !was_set)
    Ask(Quote(column.name) + " IS NULL",
        Cat("column ", column.name, " of ", to_.name.name, " is to be ",
            column.not_null ? "NOT NULL" : "part of its key"));
}

// Values that a strict column, or the rowid, does not take. They are asked for
// as they are.
void RowChecker::AskType(const Column& column, const Column& old) {
  const bool is_rowid =
      &column == RowidColumn(to_) && &old != RowidColumn(from_);
  const bool is_stricter =
      to_.strict &&
      (!from_.strict || !EqualsIgnoringCase(old.type, column.type));
  if (!is_rowid && !is_stricter) return;
  const std::string c = Quote(old.name);
  const std::string type = AsciiLower(column.type);
  const std::string is_number =
      Cat("(typeof(", c, ") = 'text' AND ", c, " = CAST(", c, " AS NUMERIC))");
  std::string fits;
  if (type == "int" || type == "integer") {
    fits = Cat("typeof(", c, ") = 'integer' OR (typeof(", c, ") = 'real' AND ",
               c, " = CAST(", c, " AS INTEGER)) OR (", is_number,
               " AND typeof(CAST(", c, " AS NUMERIC)) = 'integer')");
  } else if (type == "real") {
    fits = Cat("typeof(", c, ") IN ('integer', 'real') OR ", is_number);
  } else if (type == "text") {
    fits = Cat("typeof(", c, ") <> 'blob'");
  } else if (type == "blob") {
    fits = Cat("typeof(", c, ") IN ('blob', 'text')");
  } else {
    return;
  }
  checks_.push_back({names_.Table(from_.name.name),
                     Cat("SELECT count(*) FROM ", OldRows(from_, ""), " WHERE ",
                         c, " IS NOT NULL AND NOT (", fits, ')'),
                     Cat("column ", column.name, " of ", to_.name.name,
                         " takes only ", column.type)});
}

void RowChecker::AskUnique(std::string_view definition, std::string message) {
  const std::optional<KeyText> key = ReadKey(definition);
  if (!key) return;
  std::string where = key->where.empty() ? "" : Cat('(', key->where, ')');
  std::string group;
  for (const std::string& part : key->parts) {
    const Column* column = Find(to_.columns, sql::Unquoted(part));
    const std::string value = column && !column->collation.empty()
                                  ? Cat(part, " COLLATE ", column->collation)
                                  : part;
    group += Cat(group.empty() ? "" : ", ", value);
    where += Cat(where.empty() ? "" : " AND ", part, " IS NOT NULL");
  }
  checks_.push_back(
      {names_.Table(from_.name.name),
       Cat("SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM ",
           rows_, " WHERE ", where, " GROUP BY ", group,
           " HAVING count(*) > 1)"),
       std::move(message)});
}

void RowChecker::AskForeignKey(const Constraint& key) {
  // The parent's rows count as they will be.
  const Table* parent = Find(goal_.tables, key.references.name);
  const Table* old_parent = Find(now_.tables, key.references.name);
  std::vector<std::string> columns = key.referenced_columns;
  if (parent && columns.empty()) {
    for (const Constraint& one : parent->constraints) {
      if (one.kind == Kind::kPrimaryKey) columns = one.columns;
    }
  }
  std::string where;
  std::string match;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string child =
        Cat(Quote(to_.name.name), '.', Quote(key.columns[i]));
    where += Cat(where.empty() ? "" : " AND ", child, " IS NOT NULL");
    if (i < columns.size())
      match += Cat(match.empty() ? "" : " AND ", "\"godwit_parent\".",
                   Quote(columns[i]), " = ", child);
  }
  if (parent && old_parent && columns.size() == key.columns.size())
    where +=
        Cat(" AND NOT EXISTS (SELECT 1 FROM ", NewRows(*old_parent, *parent),
            " AS \"godwit_parent\" WHERE ", match, ')');
  Ask(where, Cat(to_.name.name, " is to refer to ", key.references.name));
}

void RowChecker::AskConstraint(const Constraint& constraint) {
  const bool is_key =
      constraint.kind == Kind::kPrimaryKey || constraint.kind == Kind::kUnique;
  const bool asks =
      !Keeps(constraint) || (constraint.kind != Kind::kForeignKey &&
                             NamesChanged(constraint.definition));
  if (!asks) return;
  if (is_key) {
    AskUnique(constraint.definition, Cat(Join(constraint.columns, ", "), " of ",
                                         to_.name.name, " is to be unique"));
  } else if (constraint.kind == Kind::kForeignKey) {
    AskForeignKey(constraint);
  } else if (constraint.kind == Kind::kCheck) {
    const std::string_view text = constraint.definition;
    Ask(Cat("NOT ", text.substr(text.find('('))),
        Cat(to_.name.name, " is to have ", constraint.definition));
  }
}

void RowChecker::Add() {
  if (from_.text_only || to_.text_only) return;
  for (const Column& column : to_.columns) {
    AskColumn(column);
    const Column* old = Find(from_.columns, column.name);
    if (old && column.generated.empty()) AskType(column, *old);
  }
  for (const Constraint& one : to_.constraints) AskConstraint(one);
  for (const Index& index : to_.indexes) {
    if (index.unique && (!Keeps(index) || NamesChanged(index.definition)))
      AskUnique(index.definition, Cat("index ", index.name, " of ",
                                      to_.name.name, " is to be unique"));
  }
}

}  // namespace

std::string OldNames::Table(std::string_view table) const {
  std::string name(table);
  for (auto at = renames_.rbegin(); at != renames_.rend(); ++at) {
    if (at->column.empty() && EqualsIgnoringCase(at->to, name))
      name = at->table;
  }
  return name;
}

std::string OldNames::Column(std::string_view table,
                             std::string_view column) const {
  std::string table_name(table);
  std::string name(column);
  for (auto at = renames_.rbegin(); at != renames_.rend(); ++at) {
    if (at->column.empty()) {
      if (EqualsIgnoringCase(at->to, table_name)) table_name = at->table;
    } else if (EqualsIgnoringCase(at->table, table_name) &&
               EqualsIgnoringCase(at->to, name)) {
      name = at->column;
    }
  }
  return name;
}

void AddRowChecks(const RowQuestion& question, const Table& from,
                  const Table& to, std::vector<RowCheck>& checks) {
  RowChecker(question, from, to, checks).Add();
}

}  // namespace godwit::engine::sqlite
