// SPDX-License-Identifier: Apache-2.0
#include "engine/dialect.h"

#include "base/text.h"
#include "engine/engines.h"
#include "engine/lexicons.h"

namespace godwit::engine {

namespace {

class Postgres final : public Dialect {
 public:
  const sql::Lexicon& lexicon() const override { return PostgresLexicon(); }
  bool has_schemas() const override { return true; }
  std::string_view Choose(const Forms& forms) const override {
    return forms.server;
  }
  std::string Placeholder(int number) const override {
    return Cat('$', number);
  }
  std::string UtcText(std::string_view column) const override {
    // A column without time zone (goose's) holds the server's local time.
    return Cat(
        "to_char(", column,
        "::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
  }
  // role "app_owner" does not exist
  std::string MissingRole(const ErrorInfo& error) const override {
    constexpr std::string_view kBegin = "role \"";
    const std::size_t begin = error.message.find(kBegin);
    const std::size_t end = error.message.rfind("\" does not exist");
    if (error.sqlstate != "42704" || begin == std::string::npos ||
        end == std::string::npos || end < begin + kBegin.size())
      return "";
    return error.message.substr(begin + kBegin.size(),
                                end - begin - kBegin.size());
  }
};

}  // namespace

const Dialect&
PostgresDialect() {
  static const Postgres dialect;
  return dialect;
}

}  // namespace godwit::engine
