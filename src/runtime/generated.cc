// SPDX-License-Identifier: Apache-2.0
#include "godwit/generated.h"

#include "base/text.h"
#include "godwit/pool.h"
#include "runtime/session.h"
#include "runtime/statement_cache.h"

namespace godwit {

Executor::Executor(Transaction& transaction)
    : connection_(&transaction.connection()) {}
Executor::Executor(Lease& lease) : connection_(&*lease) {}

}  // namespace godwit

namespace godwit::internal {

namespace {

// The error with the query's name and place; what it was about stays.
[[noreturn]] void Rethrow(const QueryText& query, const Error& error,
                          std::string_view what = {}) {
  ErrorInfo info = error.info();
  info.message = Cat("query ", query.name, ": ", what, info.message);
  info.where.file = query.file;
  info.where.line = query.line;
  throw Error(std::move(info));
}

std::string Text(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.variant()))
    return Cat(*number);
  if (const auto* truth = std::get_if<bool>(&value.variant()))
    return *truth ? "true" : "false";
  if (const auto* real = std::get_if<double>(&value.variant())) {
    char digits[40];
    const auto [end, error] =
        std::to_chars(digits, digits + sizeof digits, *real);
    return std::string(digits, end);
  }
  return value.Get<std::string>();
}

// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
std::string Element(const Value& value) {
  if (value.is_null()) return "NULL";
  if (const auto* bytes = std::get_if<Bytes>(&value.variant())) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text = "\"\\\\x";
    for (const std::byte byte : *bytes) {
      text += kDigits[static_cast<int>(byte) >> 4];
      text += kDigits[static_cast<int>(byte) & 15];
    }
    return text + '"';
  }
  std::string text = "\"";
  for (const char c : Text(value)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string JsonElement(const Value& value) {
  if (value.is_null()) return "null";
  if (!std::holds_alternative<std::string>(value.variant())) return Text(value);
  std::string text = "\"";
  for (const char c : Text(value)) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += Cat("\\u00", kDigits[byte >> 4], kDigits[byte & 15]);
    } else {
      text += c;
    }
  }
  return text + '"';
}

// The element that begins at `at`, up to its comma or brace.
Value TakeElement(std::string_view text, std::size_t& at) {
  std::string element;
  const bool quoted = text[at] == '"';
  if (quoted) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      element += text[at];
    }
    ++at;
    return Value(std::move(element));
  }
  int depth = 0;
  bool inside = false;  // of quotes, of an inner array
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (inside && c == '\\' && at + 1 < text.size()) {
      element += c;
      element += text[++at];
      continue;
    }
    if (c == '"') inside = !inside;
    if (!inside && depth == 0 && (c == ',' || c == '}')) break;
    if (!inside && c == '{') ++depth;
    if (!inside && c == '}') --depth;
    element += c;
  }
  return element == "NULL" ? Value() : Value(std::move(element));
}

}  // namespace

std::string ArrayText(std::span<const Value> elements) {
  std::string text = "{";
  for (const Value& element : elements)
    text += Cat(text.size() > 1 ? "," : "", Element(element));
  return text + '}';
}

std::string JsonArrayText(std::span<const Value> elements) {
  std::string text = "[";
  for (const Value& element : elements)
    text += Cat(text.size() > 1 ? "," : "", JsonElement(element));
  return text + ']';
}

std::vector<Value> ArrayElements(const Value& value) {
  const std::string whole = value.Get<std::string>();
  std::string_view text = whole;
  // [2:3]={…}: other bounds than usual.
  if (text.starts_with('['))
    text = text.substr(std::min(text.find('{'), text.size()));
  std::vector<Value> elements;
  if (!text.starts_with('{'))
    throw Error(ErrorCode::kInternal, Cat("\"", whole, "\" is not an array"));
  for (std::size_t at = 1; at < text.size() && text[at] != '}';) {
    elements.push_back(TakeElement(text, at));
    if (at < text.size() && text[at] == ',') ++at;
  }
  return elements;
}

void Decode(const Value& value, Decimal& out) {
  if (std::holds_alternative<double>(value.variant()) ||
      std::holds_alternative<std::int64_t>(value.variant()))
    out = Decimal(Text(value));
  else
    out = Decimal(value.Get<std::string>());
}

void Decode(const Value& value, Uuid& out) {
  out = Uuid::Parse(value.Get<std::string>());
}

void Decode(const Value& value, Json& out) {
  out.text = value.Get<std::string>();
}

void RefuseLabel(std::string_view text, std::string_view type) {
  throw Error(ErrorCode::kInternal, Cat("\"", text, "\" is not ", type),
              "generate the code again: the type has changed");
}

void Rows::Refuse(const Error& error, std::size_t column) const {
  const std::vector<std::string>& names = result_.columns();
  Rethrow(*query_, error,
          Cat("column ", column < names.size() ? names[column] : "?", ": "));
}

Rows Run(Executor db, const QueryText& query,
         std::span<const Value> arguments) {
  Session& session = db.connection().session();
  try {
    return {query, session.statements().Execute(session, query.sql, arguments)};
  } catch (const Error& error) {
    Rethrow(query, error);
  }
}

std::vector<Rows> RunEach(Executor db, const QueryText& query,
                          std::span<const std::vector<Value>> arguments) {
  std::vector<Connection::Query> queries;
  queries.reserve(arguments.size());
  for (const std::vector<Value>& each : arguments)
    queries.push_back({std::string(query.sql), each});
  try {
    std::vector<Rows> rows;
    for (Result& result : db.connection().ExecuteAll(queries))
      rows.emplace_back(query, std::move(result));
    return rows;
  } catch (const Error& error) {
    Rethrow(query, error);
  }
}

std::int64_t LastInsertId(Executor db) {
  return db.connection()
      .Execute("SELECT last_insert_rowid()")
      .Get<std::int64_t>(0, 0);
}

}  // namespace godwit::internal
