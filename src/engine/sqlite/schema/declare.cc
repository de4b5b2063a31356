// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/declare.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/sqlite/schema/language.h"
#include "engine/sqlite/schema/lookup.h"
#include "sql/quoting.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Declaration;
using schema::DeclaredStatement;
using schema::Mark;
using schema::Rename;
using schema::Value;
using Kind = Value::Kind;

std::string TextOf(const Declaration& declaration, std::string_view name) {
  const Value* const value = declaration.Find(name);
  return value ? value->text : "";
}

bool IsSet(const Declaration& declaration, std::string_view name) {
  const Value* const value = declaration.Find(name);
  return value && value->truth;
}

const Declaration* BlockOf(const Declaration& declaration,
                           std::string_view kind) {
  const auto found =
      std::ranges::find(declaration.blocks, kind, &Declaration::kind);
  return found == declaration.blocks.end() ? nullptr : &*found;
}

Mark MarkOf(const Declaration& declaration, std::string_view name) {
  const Value* const value = declaration.Find(name);
  return value ? value->mark : declaration.mark;
}

// Whether the parenthesis that the text begins with ends with it.
bool IsInParentheses(std::string_view text) {
  if (!text.starts_with('(')) return false;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return i + 1 == text.size();
    }
  }
  return false;
}

std::string InParentheses(std::string_view text) {
  text = Trim(text);
  return IsInParentheses(text) ? std::string(text) : Cat('(', text, ')');
}

// SET NULL of SET_NULL.
std::string Spoken(std::string word) {
  std::ranges::replace(word, '_', ' ');
  return word;
}

// A statement that remembers where its parts are from.
class Draft {
 public:
  explicit Draft(const Mark& mark) { statement_.mark = mark; }

  Draft& Add(std::string_view sql) {
    statement_.sql += sql;
    return *this;
  }
  Draft& From(const Mark& mark) {
    statement_.parts.emplace_back(statement_.sql.size(), mark);
    return *this;
  }
  DeclaredStatement Take() { return std::move(statement_); }

 private:
  DeclaredStatement statement_;
};

std::string TypeSql(const Value& type) {
  if (type.kind == Kind::kSql) return type.text;
  const auto& types = SchemaLanguage().types;
  const auto rule =
      std::ranges::find(types, type.text, &schema::TypeRule::word);
  // What stands behind it in parentheses means nothing to SQLite; who wants it
  // to be kept all the same writes sql("varchar(20)").
  return std::string(rule == types.end() ? std::string_view(type.text)
                                         : rule->sql);
}

// Whether what is kept in such a column is a number: by its affinity.
bool IsNumeric(const Value& type) {
  const std::string name = AsciiLower(TypeSql(type));
  const auto has = [&](std::string_view word) {
    return name.find(word) != std::string::npos;
  };
  if (has("int")) return true;
  if (has("char") || has("clob") || has("text") || has("blob")) return false;
  return has("real") || has("floa") || has("doub") || has("bool") ||
         has("num") || has("dec");
}

bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  bool digits = false;
  bool point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits = true;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digits;
}

std::string DefaultSql(const Value& value, const Value& type) {
  switch (value.kind) {
    case Kind::kBool:
      return value.truth ? "true" : "false";
    case Kind::kNumber:
      return value.text;
    case Kind::kSql:
      return InParentheses(value.text);
    default:
      break;
  }
  const bool bare =
      IsNumeric(type) &&
      (IsNumber(value.text) || value.text == "true" || value.text == "false");
  return bare ? value.text : sql::InQuotes(value.text, '\'');
}

std::string ColumnsSql(const Value& columns) {
  std::string out;
  for (const Value& each : columns.items)
    out += Cat(out.empty() ? "" : ", ", Quote(each.reference.member));
  return out;
}

// Statements of which a trigger consists; BEGIN and END may be left out.
std::string ActionSql(const std::string& text) {
  const std::string_view action = Trim(text);
  if (AsciiLower(action.substr(0, 5)) == "begin") return std::string(action);
  return Cat("BEGIN ", action, action.ends_with(';') ? "" : ";", " END");
}

class Declaring {
 public:
  explicit Declaring(const std::vector<Declaration>& all) : all_(all) {}

  schema::Declared Take() {
    CheckSchemas();
    for (const Declaration& each : all_) {
      if (each.kind == "table") DeclareTable(each);
      if (each.kind == "virtual_table") DeclareVirtualTable(each);
      if (each.kind == "view") DeclareView(each);
      if (each.kind == "trigger") DeclareTrigger(each);
    }
    for (auto* const later : {&indexes_, &views_, &triggers_})
      std::ranges::move(*later, std::back_inserter(out_.statements));
    return std::move(out_);
  }

 private:
  void Complain(const Mark& mark, std::string message, std::string help = {}) {
    out_.problems.push_back({mark, std::move(message), std::move(help)});
  }

  void CheckSchemas() {
    for (const Declaration& each : all_) {
      if (each.kind == "schema" && each.name != "main")
        Complain(each.mark,
                 Cat("a database of SQLite has the schema main alone, not ",
                     each.name),
                 "schema \"main\" { }");
    }
  }

  void AddRename(const Declaration& declaration, Rename::Kind kind,
                 const schema::Name& parent) {
    const std::string from = TextOf(declaration, "renamed_from");
    if (!from.empty())
      out_.renames.push_back({kind, parent, from, declaration.name});
  }

  void DeclareTable(const Declaration& table) {
    table_ = table.name;
    Draft draft(table.mark);
    draft.Add(Cat("CREATE TABLE ", Quote(table.name), " ("));
    const Declaration* const key = BlockOf(table, "primary_key");
    bool first = true;
    bool key_is_inline = false;
    const auto next = [&] {
      draft.Add(first ? "\n  " : ",\n  ");
      first = false;
    };
    for (const Declaration& column : table.blocks) {
      if (column.kind != "column") continue;
      next();
      key_is_inline |= AddColumn(column, key, draft);
      AddRename(column, Rename::Kind::kColumn, {"", table.name});
    }
    for (const Declaration& part : table.blocks) {
      if (part.kind == "index") DeclareIndex(part, table);
      if (part.kind == "column" || part.kind == "index") continue;
      if (part.kind == "primary_key" && key_is_inline) continue;
      next();
      AddConstraint(part, draft);
    }
    draft.Add("\n)");
    if (IsSet(table, "without_rowid")) draft.Add(" WITHOUT ROWID");
    if (IsSet(table, "strict"))
      draft.Add(IsSet(table, "without_rowid") ? ", STRICT" : " STRICT");
    out_.statements.push_back(draft.Take());
    AddRename(table, Rename::Kind::kTable, {"", table.name});
  }

  // Whether the primary key went with it.
  bool AddColumn(const Declaration& column, const Declaration* key,
                 Draft& draft) {
    const Value* const type = column.Find("type");
    draft.From(column.mark).Add(Quote(column.name));
    draft.From(type->mark).Add(Cat(' ', TypeSql(*type)));
    draft.From(column.mark);
    const bool counts = IsSet(column, "auto_increment");
    if (!IsSet(column, "null")) {
      draft.Add(" NOT NULL");
      AddConflict(column, draft);
    }
    if (counts) AddAutoIncrement(column, key, draft);
    if (const Value* const value = column.Find("default"))
      draft.From(value->mark).Add(Cat(" DEFAULT ", DefaultSql(*value, *type)));
    if (const std::string collation = TextOf(column, "collate");
        !collation.empty())
      draft.From(MarkOf(column, "collate"))
          .Add(Cat(" COLLATE ", Quote(collation)));
    AddGenerated(column, draft);
    return counts;
  }

  void AddAutoIncrement(const Declaration& column, const Declaration* key,
                        Draft& draft) {
    const Value* const columns = key ? key->Find("columns") : nullptr;
    if (!columns || columns->items.size() != 1 ||
        columns->items.front().reference.member != column.name)
      Complain(MarkOf(column, "auto_increment"),
               Cat("auto_increment is for the only column of a primary key, "
                   "and ",
                   column.name, " is none"));
    draft.From(MarkOf(column, "auto_increment"));
    if (key && !key->name.empty())
      draft.Add(Cat(" CONSTRAINT ", Quote(key->name)));
    draft.Add(" PRIMARY KEY");
    if (key) AddConflict(*key, draft);
    draft.Add(" AUTOINCREMENT");
  }

  static void AddGenerated(const Declaration& column, Draft& draft) {
    if (const Value* const as = column.Find("as")) {
      draft.From(as->mark).Add(
          Cat(" GENERATED ALWAYS AS ", InParentheses(as->text), " VIRTUAL"));
    }
    const Declaration* const block = BlockOf(column, "as");
    if (!block) return;
    const std::string type = TextOf(*block, "type");
    draft.From(MarkOf(*block, "expr"))
        .Add(Cat(" GENERATED ALWAYS AS ", InParentheses(TextOf(*block, "expr")),
                 ' ', type.empty() ? "VIRTUAL" : type));
  }

  static void AddConflict(const Declaration& declaration, Draft& draft) {
    const std::string action = TextOf(declaration, "on_conflict");
    if (!action.empty()) draft.Add(Cat(" ON CONFLICT ", action));
  }

  // Of `columns`, or of the blocks `on`.
  static void AddParts(const Declaration& declaration, Draft& draft) {
    draft.Add(" (");
    if (const Value* const columns = declaration.Find("columns"))
      draft.From(columns->mark).Add(ColumnsSql(*columns));
    bool first = true;
    for (const Declaration& part : declaration.blocks) {
      if (part.kind != "on") continue;
      draft.Add(first ? "" : ", ").From(part.mark);
      first = false;
      if (const Value* const column = part.Find("column")) {
        draft.Add(Quote(column->reference.member));
      } else {
        draft.From(MarkOf(part, "expr")).Add(TextOf(part, "expr"));
      }
      if (const std::string collation = TextOf(part, "collate");
          !collation.empty())
        draft.Add(Cat(" COLLATE ", Quote(collation)));
      if (IsSet(part, "desc")) draft.Add(" DESC");
    }
    draft.Add(")");
  }

  void AddConstraint(const Declaration& part, Draft& draft) {
    draft.From(part.mark);
    if (!part.name.empty())
      draft.Add(Cat("CONSTRAINT ", Quote(part.name), ' '));
    if (part.kind == "foreign_key") {
      AddForeignKey(part, draft);
      return;
    }
    if (part.kind == "check") {
      draft.Add("CHECK ").From(MarkOf(part, "expr"));
      draft.Add(InParentheses(TextOf(part, "expr")));
    } else {
      draft.Add(part.kind == "unique" ? "UNIQUE" : "PRIMARY KEY");
      AddParts(part, draft);
    }
    AddConflict(part, draft);
  }

  void AddForeignKey(const Declaration& key, Draft& draft) {
    const Value* const columns = key.Find("columns");
    const Value* const others = key.Find("ref_columns");
    if (const Value* const table = key.Find("ref_table")) {
      draft.Add(Cat("FOREIGN KEY (", ColumnsSql(*columns), ") REFERENCES "));
      draft.From(table->mark).Add(Quote(table->reference.name.name));
      AddActions(key, draft);
      return;
    }
    if (columns->items.empty() ||
        columns->items.size() != others->items.size()) {
      Complain(others->mark,
               Cat("the foreign key has ", columns->items.size(),
                   " columns, and refers to ", others->items.size()));
      return;
    }
    draft.Add(Cat("FOREIGN KEY (", ColumnsSql(*columns), ") REFERENCES "));
    const schema::Reference& first = others->items.front().reference;
    for (const Value& each : others->items) {
      if (each.reference.name != first.name)
        Complain(each.mark, "a foreign key refers to one table");
    }
    draft.From(others->mark)
        .Add(Cat(Quote(first.kind.empty() ? table_ : first.name.name), " (",
                 ColumnsSql(*others), ')'));
    AddActions(key, draft);
  }

  static void AddActions(const Declaration& key, Draft& draft) {
    const auto add = [&](std::string_view words, std::string_view attribute) {
      const std::string word = TextOf(key, attribute);
      if (!word.empty())
        draft.From(MarkOf(key, attribute)).Add(Cat(words, Spoken(word)));
    };
    add(" ON UPDATE ", "on_update");
    add(" ON DELETE ", "on_delete");
    add(" MATCH ", "match");
    add(" DEFERRABLE ", "deferrable");
  }

  // A name of the columns where it has none.
  std::string IndexName(const Declaration& index, const Declaration& table) {
    if (!index.name.empty()) return index.name;
    std::string name = table.name;
    const auto add = [&](const Value* column) {
      if (column) name += '_' + column->reference.member;
    };
    if (const Value* const columns = index.Find("columns")) {
      for (const Value& each : columns->items) add(&each);
    }
    for (const Declaration& part : index.blocks) add(part.Find("column"));
    name += "_idx";
    for (int number = 1; !index_names_.insert(name).second; ++number)
      name += std::to_string(number);
    return name;
  }

  void DeclareIndex(const Declaration& index, const Declaration& table) {
    Draft draft(index.mark);
    draft.Add(Cat("CREATE ", IsSet(index, "unique") ? "UNIQUE " : "", "INDEX ",
                  Quote(IndexName(index, table)), " ON ", Quote(table.name)));
    AddParts(index, draft);
    if (const Value* const where = index.Find("where"))
      draft.From(where->mark).Add(Cat(" WHERE ", where->text));
    indexes_.push_back(draft.Take());
  }

  void DeclareVirtualTable(const Declaration& table) {
    Draft draft(table.mark);
    draft.Add(Cat("CREATE VIRTUAL TABLE ", Quote(table.name), " USING ",
                  sql::QuoteWhereNeeded(TextOf(table, "module"))));
    if (const Value* const arguments = table.Find("args")) {
      std::vector<std::string> texts;
      for (const Value& each : arguments->items) texts.push_back(each.text);
      draft.From(arguments->mark).Add(Cat('(', Join(texts, ", "), ')'));
    }
    out_.statements.push_back(draft.Take());
  }

  void DeclareView(const Declaration& view) {
    Draft draft(view.mark);
    draft.Add(Cat("CREATE VIEW ", Quote(view.name)));
    if (const Value* const names = view.Find("column_names")) {
      std::string list;
      for (const Value& each : names->items)
        list += Cat(list.empty() ? "" : ", ", Quote(each.text));
      draft.From(names->mark).Add(Cat(" (", list, ')'));
    }
    draft.Add(" AS ");
    draft.From(MarkOf(view, "as")).Add(Trim(TextOf(view, "as")));
    views_.push_back(draft.Take());
  }

  void DeclareTrigger(const Declaration& trigger) {
    Draft draft(trigger.mark);
    draft.Add(Cat("CREATE TRIGGER ", Quote(trigger.name)));
    for (const Declaration& when : trigger.blocks) {
      std::string words = when.kind;
      std::ranges::transform(words, words.begin(), ::toupper);
      draft.From(when.mark).Add(Cat(' ', Spoken(words)));
      for (const std::string_view event : {"insert", "update", "delete"}) {
        if (!IsSet(when, event)) continue;
        std::string name(event);
        std::ranges::transform(name, name.begin(), ::toupper);
        draft.Add(Cat(' ', name));
      }
      if (const Value* const columns = when.Find("update_of"))
        draft.Add(Cat(" UPDATE OF ", ColumnsSql(*columns)));
    }
    const Value* const on = trigger.Find("on");
    draft.From(on->mark).Add(Cat(" ON ", Quote(on->reference.name.name)));
    if (trigger.Find("foreach") || trigger.Find("for"))
      draft.From(trigger.mark).Add(" FOR EACH ROW");
    if (const Value* const when = trigger.Find("when"))
      draft.From(when->mark).Add(Cat(" WHEN ", Trim(when->text)));
    draft.Add(" ").From(MarkOf(trigger, "as"));
    draft.Add(ActionSql(TextOf(trigger, "as")));
    triggers_.push_back(draft.Take());
  }

  const std::vector<Declaration>& all_;
  schema::Declared out_;
  std::vector<DeclaredStatement> indexes_, views_, triggers_;
  std::set<std::string> index_names_;
  std::string table_;  // whose constraints are written
};

}  // namespace

schema::Declared DeclareSchema(const std::vector<Declaration>& declarations) {
  return Declaring(declarations).Take();
}

}  // namespace godwit::engine::sqlite
