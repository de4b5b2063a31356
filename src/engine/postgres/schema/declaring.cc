// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/declaring.h"

#include <algorithm>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/postgres/schema/language.h"
#include "engine/postgres/schema/names.h"
#include "sql/lexer.h"

namespace godwit::engine::pg {

using schema::Declaration;
using schema::Mark;
using schema::Value;

void Declaring::AddComment(const Declaration& declaration,
                           std::string_view what) {
  const Value* comment = declaration.Find("comment");
  if (comment == nullptr) return;
  Add(Phase::kComment, Cat("COMMENT ON ", what, " IS ", Literal(comment->text)),
      comment->mark);
}

void Declaring::AddRename(const Declaration& declaration,
                          schema::Rename::Kind kind, const schema::Name& parent,
                          std::string_view to) {
  const std::string from = TextOf(declaration, "renamed_from");
  if (!from.empty()) renames_.push_back({kind, parent, from, std::string(to)});
}

bool Declaring::CallsRoutine(std::string_view sql) const {
  if (routines_.empty()) return false;
  const sql::DocumentView document{sql, {}};
  sql::Lexer lexer(document, PostgresLexicon(), sql::Lexer::OnUnclosed::kToken);
  for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd &&
                                        token.kind != sql::TokenKind::kUnclosed;
       token = lexer.Next()) {
    if (token.kind == sql::TokenKind::kWord) {
      if (routines_.contains(AsciiLower(token.text))) return true;
    } else if (token.kind == sql::TokenKind::kQuotedName) {
      if (routines_.contains(sql::Unquoted(token.text))) return true;
    }
  }
  return false;
}

schema::Declared Declaring::Take() {
  schema::Declared out;
  std::size_t count = 0;
  for (const auto& phase : phases_) count += phase.size();
  out.statements.reserve(count);
  for (auto& phase : phases_)
    for (schema::DeclaredStatement& statement : phase)
      out.statements.push_back(std::move(statement));
  out.renames = std::move(renames_);
  out.problems = std::move(problems_);
  return out;
}

std::string TextOf(const Declaration& declaration, std::string_view attribute) {
  const Value* value = declaration.Find(attribute);
  return value == nullptr ? std::string() : value->text;
}

bool FlagOf(const Declaration& declaration, std::string_view attribute,
            bool otherwise) {
  const Value* value = declaration.Find(attribute);
  return value == nullptr ? otherwise : value->truth;
}

std::string WordsOf(const Declaration& declaration,
                    std::string_view attribute) {
  std::string words = TextOf(declaration, attribute);
  for (char& c : words) {
    if (c == '_') c = ' ';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return words;
}

const Mark& MarkOf(const Declaration& declaration, std::string_view attribute) {
  const Value* value = declaration.Find(attribute);
  return value == nullptr || value->mark.file < 0 ? declaration.mark
                                                  : value->mark;
}

const Declaration* BlockOf(const Declaration& declaration,
                           std::string_view kind) {
  const auto found =
      std::ranges::find(declaration.blocks, kind, &Declaration::kind);
  return found == declaration.blocks.end() ? nullptr : &*found;
}

schema::Name NameOf(const Declaration& declaration) {
  const Value* schema = declaration.Find("schema");
  return {schema == nullptr ? std::string() : schema->reference.name.name,
          declaration.name};
}

std::string ObjectSql(const schema::Reference& reference) {
  return Quoted(reference.name);
}

std::string TypeSql(const Value& value) {
  if (value.kind == Value::Kind::kReference) return ObjectSql(value.reference);
  if (value.kind != Value::Kind::kWord) return value.text;
  const schema::TypeRule* rule = FindTypeWord(value.text);
  std::string sql =
      rule == nullptr ? Quoted(value.text) : std::string(rule->sql);
  if (value.items.empty()) return sql;
  std::vector<std::string> arguments;
  for (const Value& item : value.items) arguments.push_back(item.text);
  // The precision that they have anyway.
  if (sql.starts_with("time") && arguments.front() == "6") return sql;
  return Cat(sql, "(", Join(arguments, ", "), ")");
}

namespace {

// Types whose values are written without quotes.
bool IsPlain(const Value* type) {
  constexpr std::string_view kPlain =
      " smallint int2 integer int int4 bigint int8 serial bigserial "
      "smallserial numeric decimal real float float4 float8 double_precision "
      "boolean bool ";
  return type != nullptr && type->kind == Value::Kind::kWord &&
         HoldsWord(kPlain, type->text);
}

bool IsNumberOrTruth(std::string_view text) {
  if (text == "true" || text == "false") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  bool digits = false;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (c < '0' || c > '9') {
      return false;
    } else {
      digits = true;
    }
  }
  return digits;
}

}  // namespace

std::string ExpressionSql(const Value& value, const Value* type) {
  switch (value.kind) {
    case Value::Kind::kBool:
      return value.truth ? "true" : "false";
    case Value::Kind::kString:
      if (IsPlain(type) && IsNumberOrTruth(value.text)) return value.text;
      return Literal(value.text);
    case Value::Kind::kNull:
      return {};
    default:
      return value.text;
  }
}

std::string CollationSql(const std::string& collation) {
  if (collation.empty()) return {};
  if (collation.starts_with('"')) return " COLLATE " + collation;
  std::string quoted = "\"";
  for (const char c : collation) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return Cat(" COLLATE ", quoted, "\"");
}

std::string ColumnsSql(const Value& columns) {
  std::vector<std::string> names;
  for (const Value& column : columns.items)
    names.push_back(Quoted(column.reference.member));
  return Join(names, ", ");
}

std::string ParametersSql(const Declaration* block, std::string_view prefix) {
  if (block == nullptr) return {};
  std::vector<std::string> parameters;
  for (const schema::Attribute& attribute : block->attributes) {
    if (attribute.value.kind == Value::Kind::kNull) continue;
    const std::string text = attribute.value.kind == Value::Kind::kBool
                                 ? ExpressionSql(attribute.value)
                                 : attribute.value.text;
    parameters.push_back(
        Cat(prefix, Quoted(attribute.name), " = ", Literal(text)));
  }
  return Join(parameters, ", ");
}

std::string CalleeSql(const Value& value) {
  return value.kind == Value::Kind::kReference ? ObjectSql(value.reference)
                                               : value.text;
}

std::string RoleSql(const Value& value) {
  constexpr std::string_view kWords =
      " PUBLIC CURRENT_ROLE CURRENT_USER SESSION_USER ";
  if (value.kind == Value::Kind::kReference)
    return Quoted(value.reference.name.name);
  if (value.kind == Value::Kind::kWord && value.text == "OWNER")
    return "CURRENT_USER";
  return HoldsWord(kWords, value.text) ? value.text : Quoted(value.text);
}

std::string DeferrableSql(const Declaration& declaration) {
  const std::string words = WordsOf(declaration, "deferrable");
  return words.empty() ? words : " DEFERRABLE " + words;
}

std::string SequenceOptionsSql(const Declaration& declaration) {
  constexpr std::pair<std::string_view, std::string_view> kOptions[] = {
      {"increment", " INCREMENT BY "},
      {"min_value", " MINVALUE "},
      {"max_value", " MAXVALUE "},
      {"start", " START WITH "},
      {"cache", " CACHE "},
  };
  std::string sql;
  for (const auto& [attribute, words] : kOptions) {
    const Value* value = declaration.Find(attribute);
    if (value != nullptr) sql += Cat(words, value->text);
  }
  if (FlagOf(declaration, "cycle")) sql += " CYCLE";
  return sql;
}

namespace {

void AddPart(const Declaration& part, Draft& draft) {
  if (const Value* column = part.Find("column"))
    draft.Add(Quoted(column->reference.member), column->mark);
  if (const Value* expression = part.Find("expr"))
    draft.Add("(").Add(expression->text, expression->mark).Add(")");
  draft.Add(CollationSql(TextOf(part, "collate")), part.mark);
  if (const Value* ops = part.Find("ops"))
    draft.Add(" ").Add(ops->text, ops->mark);
  if (FlagOf(part, "desc")) draft.Add(" DESC");
  if (FlagOf(part, "nulls_first")) draft.Add(" NULLS FIRST");
  if (FlagOf(part, "nulls_last")) draft.Add(" NULLS LAST");
  if (const Value* op = part.Find("op"))
    draft.Add(" WITH ").Add(op->text, op->mark);
}

}  // namespace

void AddKeyParts(const Declaration& declaration, std::string_view kind,
                 Draft& draft) {
  bool first = true;
  const auto separate = [&] {
    if (!first) draft.Add(", ");
    first = false;
  };
  if (const Value* columns = declaration.Find("columns"))
    for (const Value& column : columns->items) {
      separate();
      draft.Add(Quoted(column.reference.member), column.mark);
    }
  for (const Declaration& part : declaration.blocks) {
    if (part.kind != kind) continue;
    separate();
    AddPart(part, draft);
  }
}

}  // namespace godwit::engine::pg
