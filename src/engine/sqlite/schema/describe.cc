// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/describe.h"

#include <algorithm>

#include "base/text.h"
#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/language.h"
#include "engine/sqlite/schema/lookup.h"
#include "godwit/error.h"
#include "sql/lexer.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Column;
using schema::Constraint;
using schema::Declaration;
using schema::Index;
using schema::Reference;
using schema::Table;
using schema::Value;
using Kind = Value::Kind;

Value Make(Kind kind, std::string_view text) {
  Value value;
  value.kind = kind;
  value.text = text;
  return value;
}

std::string AsciiUpper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  });
  return out;
}

void Put(Declaration& out, std::string_view name, Value value) {
  out.attributes.push_back({std::string(name), std::move(value), {}});
}

void PutText(Declaration& out, std::string_view name, std::string_view text) {
  if (!text.empty()) Put(out, name, Make(Kind::kString, text));
}

// SET_NULL of "SET NULL".
void PutWord(Declaration& out, std::string_view name, std::string words) {
  if (words.empty()) return;
  std::ranges::replace(words, ' ', '_');
  Put(out, name, Make(Kind::kWord, words));
}

void PutFlag(Declaration& out, std::string_view name, bool truth) {
  Value value;
  value.kind = Kind::kBool;
  value.truth = truth;
  Put(out, name, std::move(value));
}

Value ReferenceTo(std::string_view kind, std::string_view name) {
  Value value;
  value.kind = Kind::kReference;
  value.reference.kind = kind;
  // In a document its schema has a name.
  value.reference.name = {kind == "schema" ? "" : "main", std::string(name)};
  return value;
}

Value ColumnOf(std::string_view table, std::string_view column) {
  Value value;
  value.kind = Kind::kReference;
  if (!table.empty()) value = ReferenceTo("table", table);
  value.reference.member_kind = "column";
  value.reference.member = column;
  return value;
}

Value ListOf(std::vector<Value> items) {
  Value value;
  value.kind = Kind::kList;
  value.items = std::move(items);
  return value;
}

Value ColumnList(std::string_view table,
                 const std::vector<std::string>& columns) {
  std::vector<Value> items;
  for (const std::string& column : columns)
    items.push_back(ColumnOf(table, column));
  return ListOf(std::move(items));
}

// A type's word where the language has one for just this text.
Value TypeValue(const std::string& type) {
  if (type.empty()) return Make(Kind::kSql, "blob");
  const std::size_t open = std::min(type.find('('), type.size());
  const std::string_view name = Trim(std::string_view(type).substr(0, open));
  const auto& types = SchemaLanguage().types;
  const auto rule =
      std::ranges::find_if(types, [&](const schema::TypeRule& each) {
        return EqualsIgnoringCase(each.sql, name);
      });
  // A word's arguments are not kept.
  if (rule == types.end() || open < type.size()) return Make(Kind::kSql, type);
  return Make(Kind::kWord, rule->word);
}

bool IsPlainNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() &&
           part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  // A number is read back without needless zeros.
  if (text.size() > 1 && text.front() == '0' && point != 1) return false;
  if (point == std::string_view::npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1)) &&
         !text.ends_with('0');
}

// A default as it is written in documents.
Value DefaultValue(const std::string& text, bool takes_bare_numbers) {
  Value value;
  const std::string lower = AsciiLower(text);
  if (lower == "true" || lower == "false") {
    value.kind = Kind::kBool;
    value.truth = lower == "true";
    return value;
  }
  if (IsPlainNumber(text)) return Make(Kind::kNumber, text);
  if (text.starts_with('\'') && text.ends_with('\'')) {
    const std::string plain = sql::Unquoted(text);
    // In a column of numbers a text of one is written without its quotes.
    const bool bare =
        takes_bare_numbers &&
        (IsPlainNumber(plain) || plain == "true" || plain == "false");
    if (!bare && Literal(plain) == text) return Make(Kind::kString, plain);
  }
  return Make(Kind::kSql, text);
}

// What stands between the first parentheses, and behind them.
struct Inside {
  std::string_view text;
  std::string_view rest;
};

Inside InsideParentheses(std::string_view sql) {
  Cursor cursor(sql);
  while (!cursor.at_end() && !cursor.IsSymbol('(')) cursor.Advance();
  if (cursor.at_end()) return {};
  const std::size_t begin = cursor.offset() + 1;
  cursor.SkipParentheses();
  const std::size_t end = cursor.last_end();
  return {Trim(sql.substr(begin, end - 1 - begin)), Trim(sql.substr(end))};
}

// The text between commas that stand in no parentheses.
std::vector<std::string_view> Parts(std::string_view text) {
  std::vector<std::string_view> parts;
  Cursor cursor(text);
  std::size_t begin = 0;
  while (!cursor.at_end()) {
    if (cursor.IsSymbol('(')) {
      cursor.SkipParentheses();
      continue;
    }
    if (cursor.IsSymbol(',')) {
      parts.push_back(Trim(text.substr(begin, cursor.offset() - begin)));
      begin = cursor.offset() + 1;
    }
    cursor.Advance();
  }
  parts.push_back(Trim(text.substr(begin)));
  return parts;
}

// One part of a key or an index.
struct Part {
  std::string column;  // empty: an expression
  std::string_view expression;
  std::string collation;
  bool descends = false;

  bool IsPlain() const {
    return !column.empty() && collation.empty() && !descends;
  }
};

Part ReadPart(std::string_view text, const Table& table) {
  Part part;
  Cursor cursor(text);
  std::size_t end = text.size();
  // What may stand behind is looked for from the end.
  std::vector<std::size_t> starts;
  std::vector<std::string> words;
  while (!cursor.at_end()) {
    if (cursor.IsSymbol('(')) {
      starts.push_back(cursor.offset());
      words.emplace_back();
      cursor.SkipParentheses();
      continue;
    }
    starts.push_back(cursor.offset());
    words.emplace_back(cursor.Peek().text);
    cursor.Advance();
  }
  std::size_t count = words.size();
  const auto is = [&](std::size_t at, std::string_view word) {
    return EqualsIgnoringCase(words[at], word);
  };
  if (count > 1 && (is(count - 1, "asc") || is(count - 1, "desc"))) {
    part.descends = is(count - 1, "desc");
    end = starts[--count];
  }
  if (count > 2 && is(count - 2, "collate")) {
    part.collation = sql::Unquoted(words[count - 1]);
    count -= 2;
    end = starts[count];
  }
  part.expression = Trim(text.substr(0, end));
  if (count != 1) return part;
  const std::string name = sql::Unquoted(words.front());
  const Column* const column = Find(table.columns, name);
  if (column) part.column = column->name;
  return part;
}

// `columns`, or a block `on` for each part.
void PutParts(Declaration& out, std::string_view text, const Table& table) {
  std::vector<Part> parts;
  for (const std::string_view each : Parts(text))
    parts.push_back(ReadPart(each, table));
  if (std::ranges::all_of(parts, &Part::IsPlain)) {
    std::vector<std::string> columns;
    for (const Part& part : parts) columns.push_back(part.column);
    Put(out, "columns", ColumnList("", columns));
    return;
  }
  for (const Part& part : parts) {
    Declaration& on = out.blocks.emplace_back();
    on.kind = "on";
    if (part.descends) PutFlag(on, "desc", true);
    if (!part.column.empty()) {
      Put(on, "column", ColumnOf("", part.column));
    } else {
      PutText(on, "expr", part.expression);
    }
    PutText(on, "collate", part.collation);
  }
}

void PutConflict(Declaration& out, std::string_view behind) {
  Cursor cursor(behind);
  if (cursor.TakeWords({"on", "conflict"}))
    PutWord(out, "on_conflict", AsciiUpper(cursor.Peek().text));
}

class Describer {
 public:
  explicit Describer(const schema::Catalog& catalog) : catalog_(catalog) {}

  std::vector<Declaration> Take() {
    for (const Table& table : catalog_.tables) {
      if (table.module.empty()) DescribeTable(table);
    }
    for (const Table& table : catalog_.tables) {
      if (!table.module.empty()) DescribeVirtualTable(table);
    }
    for (const schema::View& view : catalog_.views) DescribeView(view);
    for (const Table& table : catalog_.tables) {
      for (const schema::Trigger& trigger : table.triggers)
        DescribeTrigger(
            trigger,
            ReferenceTo(table.module.empty() ? "table" : "virtual_table",
                        table.name.name),
            &table);
    }
    for (const schema::View& view : catalog_.views) {
      for (const schema::Trigger& trigger : view.triggers)
        DescribeTrigger(trigger, ReferenceTo("view", view.name.name), nullptr);
    }
    Add("schema", "main");
    return std::move(out_);
  }

 private:
  Declaration& Add(std::string_view kind, std::string_view name) {
    Declaration& made = out_.emplace_back();
    made.kind = kind;
    made.name = name;
    return made;
  }

  static Declaration& AddBlock(Declaration& out, std::string_view kind,
                               std::string_view name) {
    Declaration& made = out.blocks.emplace_back();
    made.kind = kind;
    made.name = name;
    return made;
  }

  void DescribeTable(const Table& table) {
    if (table.text_only)
      throw Error(
          ErrorCode::kUnsupported,
          Cat("the text of the table ", table.name.name, " is not understood"));
    Declaration out;
    out.kind = "table";
    out.name = table.name.name;
    Put(out, "schema", ReferenceTo("schema", "main"));
    for (const Column& column : table.columns) AddColumn(out, column, table);
    for (const Constraint& each : table.constraints)
      AddConstraint(out, each, table);
    for (const Index& each : table.indexes) AddIndex(out, each, table);
    if (table.without_rowid) PutFlag(out, "without_rowid", true);
    if (table.strict) PutFlag(out, "strict", true);
    out_.push_back(std::move(out));
  }

  void AddColumn(Declaration& table_out, const Column& column,
                 const Table& table) {
    Declaration& out = AddBlock(table_out, "column", column.name);
    PutFlag(out, "null", !column.not_null);
    Put(out, "type", TypeValue(column.type));
    if (!column.default_value.empty())
      Put(out, "default",
          DefaultValue(column.default_value, !IsText(column.type)));
    if (table.autoincrement && IsKey(column, table))
      PutFlag(out, "auto_increment", true);
    PutText(out, "collate", column.collation);
    if (column.not_null_conflict != "ABORT")
      PutWord(out, "on_conflict", column.not_null_conflict);
    if (column.generated.empty()) return;
    Declaration& as = AddBlock(out, "as", "");
    PutText(as, "expr", column.generated);
    PutWord(as, "type", column.generated_stored ? "STORED" : "VIRTUAL");
  }

  // By the affinity.
  static bool IsText(const std::string& type) {
    const std::string lower = AsciiLower(type);
    const auto has = [&](std::string_view word) {
      return lower.find(word) != std::string::npos;
    };
    return !has("int") && (lower.empty() || has("char") || has("clob") ||
                           has("text") || has("blob"));
  }

  static bool IsKey(const Column& column, const Table& table) {
    return std::ranges::any_of(table.constraints, [&](const Constraint& each) {
      return each.kind == Constraint::Kind::kPrimaryKey &&
             each.columns.size() == 1 &&
             EqualsIgnoringCase(each.columns.front(), column.name);
    });
  }

  void AddConstraint(Declaration& table_out, const Constraint& constraint,
                     const Table& table) {
    const Inside inside = InsideParentheses(constraint.definition);
    switch (constraint.kind) {
      case Constraint::Kind::kPrimaryKey:
      case Constraint::Kind::kUnique: {
        const bool primary = constraint.kind == Constraint::Kind::kPrimaryKey;
        Declaration& out = AddBlock(
            table_out, primary ? "primary_key" : "unique", constraint.name);
        if (inside.text.empty()) {
          Put(out, "columns", ColumnList("", constraint.columns));
        } else {
          PutParts(out, inside.text, table);
        }
        PutConflict(out, inside.rest);
        return;
      }
      case Constraint::Kind::kForeignKey:
        AddForeignKey(table_out, constraint, table);
        return;
      default: {
        Declaration& out = AddBlock(table_out, "check", constraint.name);
        PutText(out, "expr", inside.text);
        PutConflict(out, inside.rest);
      }
    }
  }

  void AddForeignKey(Declaration& table_out, const Constraint& key,
                     const Table& table) {
    Declaration& out = AddBlock(table_out, "foreign_key", key.name);
    Put(out, "columns", ColumnList("", key.columns));
    const bool is_own =
        EqualsIgnoringCase(key.references.name, table.name.name);
    const Table* const other = Find(catalog_.tables, key.references.name);
    if (!other)
      throw Error(ErrorCode::kUnsupported,
                  Cat("a foreign key of ", table.name.name, " refers to ",
                      key.references.name, ", which is not there"));
    std::vector<std::string> columns = key.referenced_columns;
    for (std::string& column : columns) {
      const Column* const found = Find(other->columns, column);
      if (found) column = found->name;
    }
    if (columns.empty()) {
      Put(out, "ref_table", ReferenceTo("table", other->name.name));
    } else {
      Put(out, "ref_columns",
          ColumnList(is_own ? std::string_view() : other->name.name, columns));
    }
    PutWord(out, "on_update",
            key.on_update.empty() ? "NO ACTION" : key.on_update);
    PutWord(out, "on_delete",
            key.on_delete.empty() ? "NO ACTION" : key.on_delete);
    if (key.definition.ends_with("DEFERRED"))
      PutWord(out, "deferrable", "INITIALLY DEFERRED");
  }

  void AddIndex(Declaration& table_out, const Index& index,
                const Table& table) {
    Declaration& out = AddBlock(table_out, "index", index.name);
    if (index.unique) PutFlag(out, "unique", true);
    const Inside inside = InsideParentheses(index.definition);
    PutParts(out, inside.text, table);
    Cursor cursor(inside.rest);
    if (cursor.TakeWord("where"))
      PutText(out, "where", Trim(inside.rest.substr(cursor.offset())));
  }

  void DescribeVirtualTable(const Table& table) {
    Declaration& out = Add("virtual_table", table.name.name);
    Put(out, "schema", ReferenceTo("schema", "main"));
    PutText(out, "module", table.module);
    if (table.module_arguments.empty()) return;
    std::vector<Value> arguments;
    for (const std::string& each : table.module_arguments)
      arguments.push_back(Make(Kind::kString, each));
    Put(out, "args", ListOf(std::move(arguments)));
  }

  // What stands behind the word AS that belongs to no column's list.
  void DescribeView(const schema::View& view) {
    Declaration& out = Add("view", view.name.name);
    Put(out, "schema", ReferenceTo("schema", "main"));
    Cursor cursor(view.definition);
    while (!cursor.at_end() && !cursor.IsWord("as") && !cursor.IsSymbol('('))
      cursor.Advance();
    if (cursor.TakeSymbol('(')) {
      std::vector<Value> names;
      do {
        names.push_back(Make(Kind::kString, cursor.NeedName()));
      } while (cursor.TakeSymbol(','));
      cursor.NeedSymbol(')');
      Put(out, "column_names", ListOf(std::move(names)));
    }
    cursor.Advance();
    PutText(out, "as",
            Trim(std::string_view(view.definition).substr(cursor.offset())));
  }

  void DescribeTrigger(const schema::Trigger& trigger, Value on,
                       const Table* table) {
    Declaration& out = Add("trigger", trigger.name);
    Put(out, "on", std::move(on));
    const std::string_view sql = trigger.definition;
    Cursor cursor(sql);
    cursor.NeedWord("create");
    cursor.NeedWord("trigger");
    cursor.TakeWords({"if", "not", "exists"});
    cursor.NeedName();
    if (cursor.TakeSymbol('.')) cursor.NeedName();
    AddEvent(out, cursor, table);
    cursor.NeedWord("on");
    cursor.NeedName();
    if (cursor.TakeWords({"for", "each", "row"}))
      PutWord(out, "foreach", "ROW");
    if (cursor.TakeWord("when")) {
      const std::size_t begin = cursor.offset();
      while (!cursor.at_end() && !cursor.IsWord("begin")) cursor.Advance();
      PutText(out, "when", Trim(sql.substr(begin, cursor.offset() - begin)));
    }
    PutText(out, "as", Trim(sql.substr(cursor.offset())));
  }

  static void AddEvent(Declaration& out, Cursor& cursor, const Table* table) {
    std::string_view when = "before";
    if (cursor.TakeWord("after")) {
      when = "after";
    } else if (cursor.TakeWords({"instead", "of"})) {
      when = "instead_of";
    } else {
      cursor.TakeWord("before");
    }
    Declaration& block = AddBlock(out, when, "");
    const std::string event = AsciiLower(cursor.Peek().text);
    cursor.Advance();
    if (!cursor.TakeWord("of")) {
      PutFlag(block, event, true);
      return;
    }
    std::vector<Value> columns;
    do {
      columns.push_back(
          ColumnOf(table ? table->name.name : "", cursor.NeedName()));
    } while (cursor.TakeSymbol(','));
    Put(block, "update_of", ListOf(std::move(columns)));
  }

  const schema::Catalog& catalog_;
  std::vector<Declaration> out_;
};

}  // namespace

std::vector<Declaration> DescribeCatalog(const schema::Catalog& catalog) {
  try {
    return Describer(catalog).Take();
  } catch (const NotRead&) {
    throw Error(ErrorCode::kUnsupported,
                "a definition in the catalog is not understood");
  }
}

}  // namespace godwit::engine::sqlite
