// SPDX-License-Identifier: Apache-2.0
#include "engine/dialect.h"

#include "base/text.h"
#include "godwit/error.h"
#include "sql/quoting.h"

namespace godwit::engine {

namespace {

// Cuts at dots outside of double quotes; doubled quotes inside stand for one.
std::vector<std::string> Parts(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        parts.back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (text[i] == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  if (quoted)
    throw Error(ErrorCode::kUsage, Cat("the table name ", text,
                                       " has a quote that is not closed"));
  return parts;
}

}  // namespace

TableName ParseTableName(std::string_view text) {
  std::vector<std::string> parts = Parts(text);
  bool empty = false;
  for (const std::string& part : parts) empty = empty || part.empty();
  if (empty || parts.size() > 2) {
    throw Error(ErrorCode::kUsage,
                Cat("'", text,
                    "' is no table name; it should be TABLE or SCHEMA.TABLE"));
  }
  if (parts.size() == 1) return {"", parts[0]};
  return {parts[0], parts[1]};
}

std::string Dialect::Quote(std::string_view identifier) const {
  return sql::InQuotes(identifier, '"');
}

std::string Dialect::Quote(const TableName& name) const {
  if (name.schema.empty()) return Quote(name.table);
  return Quote(name.schema) + "." + Quote(name.table);
}

std::string Dialect::Render(std::string_view text,
                            const TableName& name) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    out += text.substr(at, open - at);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view word = text.substr(open + 1, close - open - 1);
    if (word == "table")
      out += Quote(name);
    else if (word == "schema")
      out += Quote(name.schema);
    else if (word == "bigint")
      out += Choose({"bigint", "INTEGER"});
    else if (word == "timestamp")
      out += Choose({"timestamptz", "TEXT"});
    else if (word == "now")
      out += Choose({"now()", "(datetime('now'))"});
    else if (word.starts_with("utc:"))
      out += UtcText(word.substr(4));
    else
      out +=
          Placeholder(static_cast<int>(ParseInt64(word.substr(1)).value_or(1)));
    at = close + 1;
  }
  return out;
}

}  // namespace godwit::engine
