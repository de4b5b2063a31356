// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/meaning.h"

#include <vector>

#include "base/text.h"
#include "engine/engines.h"
#include "engine/lexicons.h"
#include "sql/lexer.h"

namespace godwit::engine::sqlite {

namespace {

using sql::Token;
using sql::TokenKind;

constexpr char kBetween = ' ';

std::vector<Token> TokensOf(std::string_view text) {
  const sql::DocumentView document{.text = text};
  sql::Lexer lexer(document, SqliteLexicon(), sql::Lexer::OnUnclosed::kToken);
  std::vector<Token> tokens;
  while (true) {
    const Token token = lexer.Next();
    if (token.kind == TokenKind::kEnd) return tokens;
    if (token.kind != TokenKind::kLineComment &&
        token.kind != TokenKind::kBlockComment)
      tokens.push_back(token);
  }
}

// Whether the parenthesis that opens first closes last.
bool IsEnclosed(const std::vector<Token>& tokens, std::size_t begin,
                std::size_t end) {
  if (end - begin < 2 || !tokens[begin].IsSymbol('(')) return false;
  int depth = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (tokens[i].IsSymbol('(')) ++depth;
    if (tokens[i].IsSymbol(')') && --depth == 0) return i + 1 == end;
  }
  return false;
}

}  // namespace

Meaning::Meaning(const schema::Catalog& from, const schema::Catalog& to) {
  Learn(from);
  Learn(to);
}

void Meaning::Learn(const schema::Catalog& catalog) {
  const auto add = [&](const std::string& name) {
    names_.insert(AsciiLower(name));
  };
  for (const schema::Table& table : catalog.tables) {
    add(table.name.name);
    for (const schema::Column& column : table.columns) add(column.name);
    for (const schema::Index& index : table.indexes) add(index.name);
    for (const schema::Trigger& trigger : table.triggers) add(trigger.name);
  }
  for (const schema::View& view : catalog.views) {
    add(view.name.name);
    for (const schema::Trigger& trigger : view.triggers) add(trigger.name);
    // The columns that it names itself stand before AS.
    for (const Token& token : TokensOf(view.definition)) {
      if (EqualsIgnoringCase(token.text, "as")) break;
      if (token.kind == TokenKind::kWord ||
          token.kind == TokenKind::kQuotedName)
        add(sql::Unquoted(token.text));
    }
  }
  for (const char* name : {"rowid", "oid", "_rowid_", "new", "old", "excluded"})
    names_.insert(name);
}

bool Meaning::Names(std::string_view word) const {
  return names_.contains(AsciiLower(word));
}

std::string Meaning::Of(std::string_view sql) const {
  std::string out;
  for (const Token& token : TokensOf(sql)) {
    if (token.kind == TokenKind::kString) {
      out += token.text;
    } else if (token.kind == TokenKind::kQuotedName) {
      const std::string name = sql::Unquoted(token.text);
      const bool is_text = token.text[0] == '"' && !Names(name);
      out += is_text ? std::string(token.text) : AsciiLower(name);
    } else {
      out += AsciiLower(token.text);
    }
    out += kBetween;
  }
  if (out.ends_with("; ")) out.resize(out.size() - 2);
  return out;
}

std::string Meaning::OfExpression(std::string_view sql) const {
  const std::vector<Token> tokens = TokensOf(sql);
  std::size_t begin = 0;
  std::size_t end = tokens.size();
  for (; IsEnclosed(tokens, begin, end); --end) ++begin;
  if (begin == end) return "";
  const std::size_t offset = tokens[begin].offset;
  return Of(sql.substr(offset, tokens[end - 1].end() - offset));
}

std::string Meaning::Of(const schema::Column& column) const {
  return Cat(column.name, '\n', Of(column.type), '\n', column.collation, '\n',
             column.not_null ? "not null " : "", column.not_null_conflict, '\n',
             OfExpression(column.default_value), '\n',
             OfExpression(column.generated), '\n',
             column.generated.empty()  ? ""
             : column.generated_stored ? "stored"
                                       : "virtual");
}

std::string Meaning::Of(const schema::Constraint& constraint) const {
  using Kind = schema::Constraint::Kind;
  std::string out = AsciiLower(constraint.name) + '\n';
  if (constraint.kind == Kind::kCheck) {
    // The word itself is no part of the expression.
    const std::string_view text = constraint.definition;
    return Cat(out, "check ", OfExpression(text.substr(text.find('('))));
  }
  // What a key refers to is kept as it was written, and shown so.
  return Cat(out, Of(constraint.definition), constraint.references.name, '\n',
             Join(constraint.referenced_columns, "\n"));
}

std::string Meaning::Of(const schema::Index& index) const {
  // Without the head: CREATE INDEX name ON table.
  const std::vector<Token> tokens = TokensOf(index.definition);
  for (const Token& token : tokens) {
    if (token.IsSymbol('('))
      return Cat(index.name, index.unique ? " unique " : " ",
                 Of(std::string_view(index.definition).substr(token.offset)));
  }
  return Cat(index.name, ' ', Of(index.definition));
}

std::set<std::string> WordsOf(std::string_view sql) {
  std::set<std::string> words;
  for (const Token& token : TokensOf(sql)) {
    if (token.kind == TokenKind::kWord || token.kind == TokenKind::kString ||
        token.kind == TokenKind::kQuotedName)
      words.insert(AsciiLower(sql::Unquoted(token.text)));
  }
  return words;
}

std::string WithoutTrailingComment(std::string_view sql) {
  const std::vector<Token> tokens = TokensOf(sql);
  return std::string(tokens.empty() ? sql : sql.substr(0, tokens.back().end()));
}

std::string WithColumnName(std::string_view sql, std::string_view from,
                           std::string_view to) {
  const std::vector<Token> tokens = TokensOf(sql);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool is_name =
        token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
    if (!is_name || !EqualsIgnoringCase(sql::Unquoted(token.text), from))
      continue;
    const bool calls = token.kind == TokenKind::kWord &&
                       i + 1 < tokens.size() && tokens[i + 1].IsSymbol('(');
    if (calls) continue;
    out += sql.substr(copied, token.offset - copied);
    out += SqliteDialect().Quote(to);
    copied = token.end();
  }
  return out + std::string(sql.substr(copied));
}

}  // namespace godwit::engine::sqlite
