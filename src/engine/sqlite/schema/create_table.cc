// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/create_table.h"

#include "base/text.h"
#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/lookup.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Column;
using schema::Constraint;
using schema::Table;
using Kind = schema::Constraint::Kind;

constexpr std::string_view kDeferred = " DEFERRABLE INITIALLY DEFERRED";

std::string AsciiUpper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

// One part of a PRIMARY KEY or UNIQUE: "a" COLLATE NOCASE DESC.
struct KeyPart {
  std::string column;
  std::string rest;
};

class TableReader {
 public:
  explicit TableReader(std::string_view sql) : sql_(sql), cursor_(sql) {}

  Table Read();

 private:
  void ReadVirtual();
  void ReadColumn();
  void SkipType();
  bool ReadColumnConstraint(Column& column, std::string& name);
  void ReadDefault(Column& column);
  void ReadGenerated(Column& column);
  void ReadReferences(Constraint& key);
  bool ReadReferenceAction(Constraint& key);
  bool ReadTableConstraint();
  void ReadKey(Kind kind, std::string name);
  void ReadOptions();
  std::vector<KeyPart> ReadKeyParts();
  std::vector<std::string> ReadNames();
  std::string ReadConflict();
  std::string ReadParenthesized();
  bool ReadDeferrable(bool& deferred);
  Constraint& AddOfColumn(Kind kind, std::string& name, const Column& column);
  void AddInlineKey(Kind kind, std::string& name, const Column& column);
  // A key names its columns as the table does.
  std::string ColumnName(const std::string& name) const;
  std::string Slice(std::size_t begin, std::size_t end) const {
    return std::string(sql_.substr(begin, end - begin));
  }

  std::string_view sql_;
  Cursor cursor_;
  Table table_;
};

std::string TableReader::ColumnName(const std::string& name) const {
  for (const Column& column : table_.columns) {
    if (EqualsIgnoringCase(column.name, name)) return column.name;
  }
  return name;
}

std::string TableReader::ReadConflict() {
  if (!cursor_.TakeWords({"on", "conflict"})) return "";
  const std::string word = AsciiUpper(cursor_.Peek().text);
  cursor_.Advance();
  return word == "ABORT" ? "" : word;
}

std::string TableReader::ReadParenthesized() {
  const std::size_t begin = cursor_.offset() + 1;
  cursor_.SkipParentheses();
  return std::string(Trim(sql_.substr(begin, cursor_.last_end() - 1 - begin)));
}

// Words up to a constraint; what is in parentheses ends a type.
void TableReader::SkipType() {
  constexpr std::string_view kEnds =
      " constraint primary not null unique check default collate references "
      "as deferrable ";
  while (cursor_.IsName()) {
    const sql::Token& token = cursor_.Peek();
    if (token.kind == sql::TokenKind::kWord) {
      if (HoldsWord(kEnds, AsciiLower(token.text))) return;
      if (token.IsWord("generated") && cursor_.IsWord("always", 1)) return;
    }
    cursor_.Advance();
  }
  if (cursor_.IsSymbol('(')) cursor_.SkipParentheses();
}

void TableReader::ReadDefault(Column& column) {
  if (cursor_.IsSymbol('(')) {
    column.default_value = ReadParenthesized();
    return;
  }
  const std::size_t begin = cursor_.offset();
  if (cursor_.IsSymbol('-') || cursor_.IsSymbol('+')) cursor_.Advance();
  const sql::Token token = cursor_.Peek();
  cursor_.Advance();
  const bool is_blob = token.IsWord("x") &&
                       cursor_.Peek().kind == sql::TokenKind::kString &&
                       cursor_.offset() == token.end();
  if (is_blob) cursor_.Advance();
  column.default_value = Slice(begin, cursor_.last_end());
  // Any other word is a text, and so is a name in quotes.
  constexpr std::string_view kValues =
      " null true false current_time current_date current_timestamp ";
  const bool is_text =
      token.kind == sql::TokenKind::kQuotedName ||
      (token.kind == sql::TokenKind::kWord && !is_blob &&
       begin == token.offset && !HoldsWord(kValues, AsciiLower(token.text)));
  if (!is_text) return;
  column.default_value = Literal(sql::Unquoted(token.text));
}

void TableReader::ReadGenerated(Column& column) {
  cursor_.NeedWord("as");
  column.generated = ReadParenthesized();
  column.generated_stored = cursor_.TakeWord("stored");
  if (!column.generated_stored) cursor_.TakeWord("virtual");
}

bool TableReader::ReadDeferrable(bool& deferred) {
  const bool is_not = cursor_.IsWord("not") && cursor_.IsWord("deferrable", 1);
  if (is_not) cursor_.Advance();
  if (!cursor_.TakeWord("deferrable")) return false;
  deferred = cursor_.TakeWords({"initially", "deferred"}) && !is_not;
  if (!deferred) cursor_.TakeWords({"initially", "immediate"});
  return true;
}

bool TableReader::ReadReferenceAction(Constraint& key) {
  if (cursor_.TakeWord("match")) {
    cursor_.NeedName();
    return true;
  }
  if (!cursor_.IsWord("on") || cursor_.IsWord("conflict", 1)) return false;
  cursor_.Advance();
  const std::string event = AsciiLower(cursor_.Peek().text);
  cursor_.Advance();
  std::string action = AsciiUpper(cursor_.Peek().text);
  cursor_.Advance();
  if (action == "SET" || action == "NO") {
    action += ' ' + AsciiUpper(cursor_.Peek().text);
    cursor_.Advance();
  }
  if (action == "NO ACTION") action.clear();
  if (event == "delete") key.on_delete = action;
  if (event == "update") key.on_update = action;
  return true;
}

void TableReader::ReadReferences(Constraint& key) {
  key.references.name = cursor_.NeedName();
  if (cursor_.IsSymbol('(')) key.referenced_columns = ReadNames();
  while (ReadReferenceAction(key)) {
  }
  bool deferred = false;
  ReadDeferrable(deferred);
  key.definition = Cat(ForeignKeyDefinition(key), deferred ? kDeferred : "");
}

std::vector<std::string> TableReader::ReadNames() {
  std::vector<std::string> names;
  cursor_.NeedSymbol('(');
  do {
    names.push_back(cursor_.NeedName());
  } while (cursor_.TakeSymbol(','));
  cursor_.NeedSymbol(')');
  return names;
}

std::vector<KeyPart> TableReader::ReadKeyParts() {
  std::vector<KeyPart> parts;
  cursor_.NeedSymbol('(');
  do {
    KeyPart& part = parts.emplace_back();
    part.column = ColumnName(cursor_.NeedName());
    if (cursor_.TakeWord("collate"))
      part.rest += " COLLATE " + AsciiUpper(cursor_.NeedName());
    if (cursor_.TakeWord("desc")) part.rest += " DESC";
    cursor_.TakeWord("asc");
    if (cursor_.TakeWord("autoincrement")) table_.autoincrement = true;
  } while (cursor_.TakeSymbol(','));
  cursor_.NeedSymbol(')');
  return parts;
}

Constraint& TableReader::AddOfColumn(Kind kind, std::string& name,
                                     const Column& column) {
  Constraint& made = table_.constraints.emplace_back();
  made.kind = kind;
  made.name = std::move(name);
  made.columns = {column.name};
  made.of_column = true;
  return made;
}

void TableReader::AddInlineKey(Kind kind, std::string& name,
                               const Column& column) {
  Constraint& key = AddOfColumn(kind, name, column);
  const bool is_primary = kind == Kind::kPrimaryKey;
  const std::string words = is_primary ? "PRIMARY KEY" : "UNIQUE";
  const bool descends = is_primary && cursor_.TakeWord("desc");
  if (is_primary) cursor_.TakeWord("asc");
  // INTEGER PRIMARY KEY DESC is, so written, no other name of the rowid.
  const bool is_odd = descends && EqualsIgnoringCase(column.type, "integer");
  key.definition =
      is_odd ? words + " DESC"
             : Cat(words, " (", Quote(column.name), descends ? " DESC)" : ")");
  const std::string conflict = ReadConflict();
  if (!conflict.empty()) key.definition += " ON CONFLICT " + conflict;
  if (is_primary && cursor_.TakeWord("autoincrement"))
    table_.autoincrement = true;
}

// False where the column ends.
bool TableReader::ReadColumnConstraint(Column& column, std::string& name) {
  if (cursor_.TakeWord("constraint")) {
    name = cursor_.NeedName();
  } else if (cursor_.TakeWords({"primary", "key"})) {
    AddInlineKey(Kind::kPrimaryKey, name, column);
  } else if (cursor_.TakeWord("unique")) {
    AddInlineKey(Kind::kUnique, name, column);
  } else if (cursor_.TakeWords({"not", "null"})) {
    column.not_null = true;
    column.not_null_conflict = ReadConflict();
  } else if (cursor_.TakeWord("null")) {
    ReadConflict();
  } else if (cursor_.TakeWord("check")) {
    const std::string expression = ReadParenthesized();
    AddOfColumn(Kind::kCheck, name, column).definition =
        Cat("CHECK (", expression, ')');
    ReadConflict();
  } else if (cursor_.TakeWord("default")) {
    ReadDefault(column);
  } else if (cursor_.TakeWord("collate")) {
    column.collation = AsciiUpper(cursor_.NeedName());
  } else if (cursor_.TakeWord("references")) {
    ReadReferences(AddOfColumn(Kind::kForeignKey, name, column));
  } else if (cursor_.IsWord("generated") || cursor_.IsWord("as")) {
    cursor_.TakeWords({"generated", "always"});
    ReadGenerated(column);
  } else {
    bool deferred = false;  // behind another clause: of the last key
    if (!ReadDeferrable(deferred)) return false;
    if (deferred && !table_.constraints.empty() &&
        table_.constraints.back().kind == Kind::kForeignKey)
      table_.constraints.back().definition += kDeferred;
  }
  return true;
}

void TableReader::ReadColumn() {
  const std::size_t begin = cursor_.offset();
  Column column;
  column.name = cursor_.NeedName();
  const std::size_t type_begin = cursor_.offset();
  SkipType();
  if (cursor_.last_end() > type_begin)
    column.type = Slice(type_begin, cursor_.last_end());
  std::string name;
  while (ReadColumnConstraint(column, name)) {
  }
  column.definition = Slice(begin, cursor_.last_end());
  table_.columns.push_back(std::move(column));
}

void TableReader::ReadKey(Kind kind, std::string name) {
  Constraint key;
  key.kind = kind;
  key.name = std::move(name);
  std::string parts;
  for (const KeyPart& part : ReadKeyParts()) {
    key.columns.push_back(part.column);
    parts += Cat(parts.empty() ? "" : ", ", Quote(part.column), part.rest);
  }
  key.definition =
      Cat(kind == Kind::kPrimaryKey ? "PRIMARY KEY (" : "UNIQUE (", parts, ')');
  const std::string conflict = ReadConflict();
  if (!conflict.empty()) key.definition += " ON CONFLICT " + conflict;
  table_.constraints.push_back(std::move(key));
}

// False where the table's parentheses end.
bool TableReader::ReadTableConstraint() {
  std::string name;
  while (cursor_.TakeWord("constraint")) name = cursor_.NeedName();
  if (cursor_.TakeWords({"primary", "key"})) {
    ReadKey(Kind::kPrimaryKey, std::move(name));
  } else if (cursor_.TakeWord("unique")) {
    ReadKey(Kind::kUnique, std::move(name));
  } else if (cursor_.TakeWord("check")) {
    Constraint check;
    check.name = std::move(name);
    check.definition = Cat("CHECK (", ReadParenthesized(), ')');
    ReadConflict();
    table_.constraints.push_back(std::move(check));
  } else if (cursor_.TakeWords({"foreign", "key"})) {
    Constraint key;
    key.kind = Kind::kForeignKey;
    key.name = std::move(name);
    for (const std::string& column : ReadNames())
      key.columns.push_back(ColumnName(column));
    cursor_.NeedWord("references");
    ReadReferences(key);
    table_.constraints.push_back(std::move(key));
  } else {
    return !name.empty();
  }
  return true;
}

void TableReader::ReadOptions() {
  do {
    if (cursor_.TakeWords({"without", "rowid"})) {
      table_.without_rowid = true;
    } else if (cursor_.TakeWord("strict")) {
      table_.strict = true;
    }
  } while (cursor_.TakeSymbol(','));
  cursor_.TakeSymbol(';');
  if (!cursor_.at_end()) throw NotRead{};
}

void TableReader::ReadVirtual() {
  cursor_.NeedWord("using");
  table_.module = AsciiLower(cursor_.NeedName());
  if (!cursor_.TakeSymbol('(')) return;
  std::size_t begin = cursor_.offset();
  for (int depth = 0;; cursor_.Advance()) {
    if (cursor_.at_end()) throw NotRead{};
    const bool ends = depth == 0 && cursor_.IsSymbol(')');
    if (ends || (depth == 0 && cursor_.IsSymbol(','))) {
      const std::string_view text =
          Trim(sql_.substr(begin, cursor_.offset() - begin));
      if (!text.empty()) table_.module_arguments.emplace_back(text);
      begin = cursor_.offset() + 1;
    }
    if (ends) return;
    if (cursor_.IsSymbol('(')) ++depth;
    if (cursor_.IsSymbol(')')) --depth;
  }
}

// Past CREATE TABLE and to its name; whether it is a virtual one.
bool TakeHead(Cursor& cursor) {
  cursor.NeedWord("create");
  if (!cursor.TakeWord("temp")) cursor.TakeWord("temporary");
  const bool is_virtual = cursor.TakeWord("virtual");
  cursor.NeedWord("table");
  cursor.TakeWords({"if", "not", "exists"});
  if (cursor.IsName() && cursor.IsSymbol('.', 1)) {
    cursor.Advance();
    cursor.Advance();
  }
  return is_virtual;
}

// Whether `table.` stands here.
bool Qualifies(const Cursor& cursor, std::string_view table) {
  return cursor.IsSymbol('.', 1) && cursor.IsName() &&
         EqualsIgnoringCase(sql::Unquoted(cursor.Peek().text), table);
}

Table TableReader::Read() {
  const bool is_virtual = TakeHead(cursor_);
  table_.name.name = cursor_.NeedName();
  table_.definition = std::string(sql_);
  if (is_virtual) {
    ReadVirtual();
    return std::move(table_);
  }
  cursor_.NeedSymbol('(');
  constexpr std::string_view kConstraints =
      " constraint primary unique check foreign ";
  do {
    const sql::Token& token = cursor_.Peek();
    if (token.kind == sql::TokenKind::kWord &&
        HoldsWord(kConstraints, AsciiLower(token.text)))
      break;
    ReadColumn();
  } while (cursor_.TakeSymbol(','));
  while (ReadTableConstraint()) cursor_.TakeSymbol(',');
  cursor_.NeedSymbol(')');
  ReadOptions();
  return std::move(table_);
}

}  // namespace

schema::Table ReadCreateTable(std::string_view sql) {
  return TableReader(sql).Read();
}

bool NamesItself(const schema::Table& table) {
  Cursor cursor(table.definition);
  for (; !cursor.at_end(); cursor.Advance()) {
    if (Qualifies(cursor, table.name.name)) return true;
  }
  return false;
}

std::string WithTableName(std::string_view sql, std::string_view name) {
  Cursor cursor(sql);
  const bool is_virtual = TakeHead(cursor);
  const std::string old = cursor.NeedName();
  std::string out = Cat("CREATE ", is_virtual ? "VIRTUAL " : "", "TABLE ");
  out += Quote(name);
  std::size_t copied = cursor.last_end();
  for (; !cursor.at_end(); cursor.Advance()) {
    if (is_virtual || !Qualifies(cursor, old)) continue;
    out += sql.substr(copied, cursor.offset() - copied);
    out += Quote(name);
    copied = cursor.Peek().end();
  }
  return out + std::string(sql.substr(copied));
}

std::string ForeignKeyDefinition(const schema::Constraint& key) {
  const auto list = [](const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
      out += Cat(out.empty() ? "" : ", ", Quote(name));
    return out;
  };
  std::string out = Cat("FOREIGN KEY (", list(key.columns), ") REFERENCES ",
                        Quote(key.references.name));
  if (!key.referenced_columns.empty())
    out += Cat(" (", list(key.referenced_columns), ')');
  if (!key.on_update.empty()) out += " ON UPDATE " + key.on_update;
  if (!key.on_delete.empty()) out += " ON DELETE " + key.on_delete;
  if (key.definition.ends_with(kDeferred)) out += kDeferred;
  return out;
}

}  // namespace godwit::engine::sqlite
