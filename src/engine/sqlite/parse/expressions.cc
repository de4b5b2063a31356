// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/parse/expressions.h"

#include <charconv>

#include "base/text.h"
#include "engine/sqlite/parse/statements.h"

namespace godwit::engine {

namespace {

using sql::Expression;
using sql::ExpressionPtr;
using sql::TokenKind;
using Kind = Expression::Kind;

ExpressionPtr Make(Kind kind, std::size_t offset) {
  auto expression = std::make_unique<Expression>();
  expression->kind = kind;
  expression->offset = offset;
  return expression;
}

ExpressionPtr With(Kind kind, std::size_t offset, ExpressionPtr argument) {
  ExpressionPtr made = Make(kind, offset);
  made->arguments.push_back(std::move(argument));
  return made;
}

// `argument` becomes the first operand of what begins where it does.
ExpressionPtr Wrap(Kind kind, ExpressionPtr argument) {
  const std::size_t offset = argument->offset;
  return With(kind, offset, std::move(argument));
}

// From the loosest to the tightest; within a level the longer ones first.
constexpr std::initializer_list<const char*> kLevels[] = {
    {"<=", ">=", "<", ">"}, {"<<", ">>", "&", "|"}, {"+", "-"},
    {"*", "/", "%"},        {"||", "->>", "->"},
};

// What only begins like an operator of its level.
bool IsLonger(const Cursor& cursor, std::string_view name) {
  if (name == "<" || name == ">")
    return cursor.IsOperator("<<") || cursor.IsOperator(">>") ||
           cursor.IsOperator("<>");
  if (name == "|") return cursor.IsOperator("||");
  if (name == "-") return cursor.IsOperator("->");
  return false;
}

}  // namespace

ExpressionPtr ExpressionParser::Join(const char* name, ExpressionPtr left,
                                     ExpressionPtr right) {
  ExpressionPtr made = Make(Kind::kOperator, left->offset);
  made->name.emplace_back(name);
  made->arguments.push_back(std::move(left));
  made->arguments.push_back(std::move(right));
  return made;
}

ExpressionPtr ExpressionParser::Read() {
  const SqliteParser::Depth depth(queries_);
  ExpressionPtr left = ReadAnd();
  while (cursor_.TakeWord("or")) {
    ExpressionPtr made = Wrap(Kind::kOr, std::move(left));
    made->arguments.push_back(ReadAnd());
    left = std::move(made);
  }
  return left;
}

std::vector<ExpressionPtr> ExpressionParser::ReadList() {
  std::vector<ExpressionPtr> list;
  do {
    list.push_back(Read());
    // ORDER BY's words.
    if (!cursor_.TakeWord("asc")) cursor_.TakeWord("desc");
    if (cursor_.TakeWord("nulls")) cursor_.Advance();
  } while (cursor_.TakeSymbol(','));
  return list;
}

ExpressionPtr ExpressionParser::ReadAnd() {
  ExpressionPtr left = ReadNot();
  while (cursor_.TakeWord("and")) {
    ExpressionPtr made = Wrap(Kind::kAnd, std::move(left));
    made->arguments.push_back(ReadNot());
    left = std::move(made);
  }
  return left;
}

ExpressionPtr ExpressionParser::ReadNot() {
  const std::size_t offset = cursor_.offset();
  if (!cursor_.TakeWord("not")) return ReadEquality();
  const SqliteParser::Depth depth(queries_);
  return With(Kind::kNot, offset, ReadNot());
}

ExpressionPtr ExpressionParser::ReadEquality() {
  ExpressionPtr left = ReadBinary(0);
  while (true) {
    const char* name = nullptr;
    for (const char* known : {"==", "!=", "<>", "="}) {
      if (cursor_.TakeOperator(known)) {
        name = known;
        break;
      }
    }
    if (name != nullptr)
      left = Join(name, std::move(left), ReadBinary(0));
    else if (!ReadTest(left) && !ReadPredicate(left))
      return left;
  }
}

// IS …, ISNULL, NOTNULL, NOT NULL.
bool ExpressionParser::ReadTest(ExpressionPtr& left) {
  const std::size_t offset = left->offset;
  if (cursor_.TakeWord("isnull")) {
    left = With(Kind::kIsNull, offset, std::move(left));
    return true;
  }
  if (cursor_.TakeWord("notnull") || cursor_.TakeWords({"not", "null"})) {
    left = With(Kind::kIsNotNull, offset, std::move(left));
    return true;
  }
  if (!cursor_.TakeWord("is")) return false;
  const bool negated = cursor_.TakeWord("not");
  if (cursor_.TakeWord("null")) {
    left = With(negated ? Kind::kIsNotNull : Kind::kIsNull, offset,
                std::move(left));
    return true;
  }
  cursor_.TakeWords({"distinct", "from"});
  left = With(Kind::kTest, offset, std::move(left));
  left->arguments.push_back(ReadBinary(0));
  return true;
}

// [NOT] LIKE, GLOB, REGEXP, MATCH, BETWEEN, IN.
bool ExpressionParser::ReadPredicate(ExpressionPtr& left) {
  const std::size_t ahead = cursor_.IsWord("not") ? 1 : 0;
  const auto take = [&](std::string_view word) {
    if (!cursor_.IsWord(word, ahead)) return false;
    if (ahead == 1) cursor_.Advance();
    cursor_.Advance();
    return true;
  };
  for (const char* word : {"like", "glob", "regexp", "match"}) {
    if (!take(word)) continue;
    left = Join(word, std::move(left), ReadBinary(0));
    left->text = "like";
    left->negated = ahead == 1;
    if (cursor_.TakeWord("escape")) left->arguments.push_back(ReadBinary(0));
    return true;
  }
  if (take("between")) {
    left = Join("BETWEEN", std::move(left), ReadBinary(0));
    left->text = "between";
    left->negated = ahead == 1;
    cursor_.NeedWord("and");
    left->arguments.push_back(ReadBinary(0));
    return true;
  }
  if (!take("in")) return false;
  left = ReadIn(std::move(left), ahead == 1);
  return true;
}

ExpressionPtr ExpressionParser::ReadIn(ExpressionPtr left, bool negated) {
  const std::size_t offset = left->offset;
  ExpressionPtr made = With(Kind::kOperator, offset, std::move(left));
  made->negated = negated;
  made->text = "in";
  made->name.emplace_back("=");
  if (!cursor_.IsSymbol('(')) {  // IN table, IN function()
    made->kind = Kind::kInQuery;
    made->query = std::make_unique<sql::Query>();
    cursor_.NeedName();
    if (cursor_.TakeSymbol('.')) cursor_.NeedName();
    if (cursor_.IsSymbol('(')) cursor_.SkipParentheses();
    return made;
  }
  cursor_.NeedSymbol('(');
  if (queries_.AtSelect()) {
    made->kind = Kind::kInQuery;
    made->query = queries_.ReadSelect();
  } else if (!cursor_.IsSymbol(')')) {
    for (ExpressionPtr& item : ReadList())
      made->arguments.push_back(std::move(item));
  }
  cursor_.NeedSymbol(')');
  return made;
}

ExpressionPtr ExpressionParser::ReadBinary(std::size_t level) {
  if (level == std::size(kLevels)) return ReadUnary();
  ExpressionPtr left = ReadBinary(level + 1);
  while (true) {
    const char* found = nullptr;
    for (const char* name : kLevels[level]) {
      if (cursor_.IsOperator(name) && !IsLonger(cursor_, name)) {
        found = name;
        break;
      }
    }
    if (found == nullptr) return left;
    cursor_.TakeOperator(found);
    left = Join(found, std::move(left), ReadBinary(level + 1));
  }
}

ExpressionPtr ExpressionParser::ReadUnary() {
  const std::size_t offset = cursor_.offset();
  for (const char* name : {"-", "+", "~"}) {
    if (!cursor_.TakeOperator(name)) continue;
    const SqliteParser::Depth depth(queries_);
    ExpressionPtr made = With(Kind::kOperator, offset, ReadUnary());
    made->name.emplace_back(name);
    return made;
  }
  return ReadPostfix();
}

ExpressionPtr ExpressionParser::ReadPostfix() {
  ExpressionPtr made = ReadPrimary();
  while (cursor_.TakeWord("collate")) cursor_.NeedName();
  return made;
}

ExpressionPtr ExpressionParser::ReadParameter() {
  ExpressionPtr made = Make(Kind::kParameter, cursor_.offset());
  cursor_.NeedSymbol('?');
  const std::string_view digits = cursor_.Peek().text;
  if (cursor_.Peek().kind == TokenKind::kNumber) {
    std::from_chars(digits.data(), digits.data() + digits.size(), made->number);
    cursor_.Advance();
  }
  return made;
}

ExpressionPtr ExpressionParser::ReadParenthesized() {
  const std::size_t offset = cursor_.offset();
  cursor_.NeedSymbol('(');
  ExpressionPtr made;
  if (queries_.AtSelect()) {
    made = Make(Kind::kSubquery, offset);
    made->query = queries_.ReadSelect();
  } else {
    std::vector<ExpressionPtr> list = ReadList();
    if (list.size() == 1) {
      made = std::move(list[0]);
    } else {
      made = Make(Kind::kRow, offset);
      made->arguments = std::move(list);
    }
  }
  cursor_.NeedSymbol(')');
  return made;
}

ExpressionPtr ExpressionParser::ReadPrimary() {
  const sql::Token token = cursor_.Peek();
  using Literal = Expression::Literal;
  if (token.kind == TokenKind::kNumber) {
    ExpressionPtr made = Make(Kind::kLiteral, token.offset);
    const bool is_hex =
        token.text.starts_with("0x") || token.text.starts_with("0X");
    const bool is_real =
        !is_hex && token.text.find_first_of(".eE") != token.text.npos;
    made->literal = is_real ? Literal::kReal : Literal::kInteger;
    made->text = token.text;
    cursor_.Advance();
    return made;
  }
  if (token.kind == TokenKind::kString) {
    ExpressionPtr made = Make(Kind::kLiteral, token.offset);
    made->text = cursor_.NeedName();
    return made;
  }
  if (token.IsSymbol('?')) return ReadParameter();
  if (token.IsSymbol('(')) return ReadParenthesized();
  if (token.IsSymbol('*')) {
    cursor_.Advance();
    return Make(Kind::kStar, token.offset);
  }
  if (token.kind == TokenKind::kWord) return ReadWord();
  if (token.kind == TokenKind::kQuotedName) return ReadNamed();
  throw NotRead{};
}

ExpressionPtr ExpressionParser::ReadWord() {
  const std::size_t offset = cursor_.offset();
  using Literal = Expression::Literal;
  if (cursor_.TakeWord("null")) return Make(Kind::kNull, offset);
  if (cursor_.IsWord("case")) return ReadCase();
  if (cursor_.IsWord("cast") && cursor_.IsSymbol('(', 1)) return ReadCast();
  for (const char* word :
       {"current_timestamp", "current_date", "current_time"}) {
    if (cursor_.TakeWord(word)) return Make(Kind::kCurrent, offset);
  }
  for (const char* word : {"true", "false"}) {
    if (cursor_.IsSymbol('(', 1) || !cursor_.TakeWord(word)) continue;
    ExpressionPtr made = Make(Kind::kLiteral, offset);
    made->literal = Literal::kBoolean;
    return made;
  }
  if (cursor_.IsWord("x") && cursor_.Peek(1).kind == TokenKind::kString &&
      cursor_.Peek().end() == cursor_.Peek(1).offset) {
    cursor_.Advance();
    cursor_.Advance();
    ExpressionPtr made = Make(Kind::kLiteral, offset);
    made->literal = Literal::kBlob;
    return made;
  }
  if (cursor_.IsWord("exists") && cursor_.IsSymbol('(', 1)) {
    cursor_.Advance();
    cursor_.NeedSymbol('(');
    ExpressionPtr made = Make(Kind::kExists, offset);
    made->query = queries_.ReadSelect();
    cursor_.NeedSymbol(')');
    return made;
  }
  if (cursor_.IsWord("raise") && cursor_.IsSymbol('(', 1)) {
    cursor_.Advance();
    cursor_.SkipParentheses();
    return Make(Kind::kRaise, offset);
  }
  return ReadNamed();
}

// A column, t.*, or a call.
ExpressionPtr ExpressionParser::ReadNamed() {
  const std::size_t offset = cursor_.offset();
  if (cursor_.Peek().kind == TokenKind::kWord &&
      IsReserved(cursor_.Peek().text) && !cursor_.IsSymbol('(', 1))
    throw NotRead{};
  std::vector<std::string> name = {cursor_.NeedName()};
  if (cursor_.IsSymbol('(')) return ReadCall(std::move(name), offset);
  while (cursor_.TakeSymbol('.')) {
    if (cursor_.TakeSymbol('*')) {
      ExpressionPtr made = Make(Kind::kStar, offset);
      made->name = std::move(name);
      return made;
    }
    name.push_back(cursor_.NeedName());
  }
  ExpressionPtr made = Make(Kind::kColumn, offset);
  made->name = std::move(name);
  return made;
}

ExpressionPtr ExpressionParser::ReadCall(std::vector<std::string> name,
                                         std::size_t offset) {
  ExpressionPtr call = Make(Kind::kCall, offset);
  call->name = {AsciiLower(name.back())};
  cursor_.NeedSymbol('(');
  cursor_.TakeWord("distinct");
  if (cursor_.TakeSymbol('*'))
    call->star = true;
  else if (!cursor_.IsSymbol(')'))
    call->arguments = ReadList();
  if (cursor_.TakeWords({"order", "by"})) ReadList();
  cursor_.NeedSymbol(')');
  if (cursor_.IsWord("filter") && cursor_.IsSymbol('(', 1)) {
    cursor_.Advance();
    cursor_.Advance();
    cursor_.NeedWord("where");
    call->filter = Read();
    cursor_.NeedSymbol(')');
  }
  if (cursor_.IsWord("over")) ReadOver(*call);
  if (call->name[0] == "coalesce" || call->name[0] == "ifnull")
    call->kind = Kind::kCoalesce;
  if (call->name[0] == "nullif") call->kind = Kind::kNullIf;
  return call;
}

// https://www.sqlite.org/windowfunctions.html
void ExpressionParser::ReadOver(Expression& call) {
  cursor_.NeedWord("over");
  call.windowed = true;
  call.framed = true;
  if (!cursor_.IsSymbol('(')) {
    cursor_.NeedName();
    return;
  }
  cursor_.NeedSymbol('(');
  call.framed = cursor_.IsName() && !cursor_.IsWord("partition") &&
                !cursor_.IsWord("order");
  if (call.framed && !cursor_.IsWord("rows") && !cursor_.IsWord("range") &&
      !cursor_.IsWord("groups"))
    cursor_.NeedName();
  if (cursor_.TakeWords({"partition", "by"})) ReadList();
  if (cursor_.TakeWords({"order", "by"})) ReadList();
  while (!cursor_.IsSymbol(')')) {
    call.framed = true;
    if (cursor_.at_end()) throw NotRead{};
    if (cursor_.IsSymbol('('))
      cursor_.SkipParentheses();
    else
      cursor_.Advance();
  }
  cursor_.NeedSymbol(')');
}

ExpressionPtr ExpressionParser::ReadCase() {
  ExpressionPtr made = Make(Kind::kCase, cursor_.offset());
  cursor_.NeedWord("case");
  if (!cursor_.IsWord("when")) made->operand = Read();
  while (cursor_.TakeWord("when")) {
    made->arguments.push_back(Read());
    cursor_.NeedWord("then");
    made->arguments.push_back(Read());
  }
  if (cursor_.TakeWord("else")) made->otherwise = Read();
  cursor_.NeedWord("end");
  return made;
}

ExpressionPtr ExpressionParser::ReadCast() {
  ExpressionPtr made = Make(Kind::kCast, cursor_.offset());
  cursor_.NeedWord("cast");
  cursor_.NeedSymbol('(');
  made->arguments.push_back(Read());
  cursor_.NeedWord("as");
  while (cursor_.IsName()) {
    if (!made->text.empty()) made->text += ' ';
    made->text += cursor_.NeedName();
  }
  if (cursor_.IsSymbol('(')) cursor_.SkipParentheses();
  cursor_.NeedSymbol(')');
  return made;
}

}  // namespace godwit::engine
