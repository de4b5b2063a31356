// SPDX-License-Identifier: Apache-2.0
#include "engine/dialect.h"

#include "base/text.h"
#include "engine/engines.h"
#include "engine/lexicons.h"

namespace godwit::engine {

namespace {

class Sqlite final : public Dialect {
 public:
  const sql::Lexicon& lexicon() const override { return SqliteLexicon(); }
  bool has_schemas() const override { return false; }
  std::string_view Choose(const Forms& forms) const override {
    return forms.embedded;
  }
  std::string Placeholder(int number) const override {
    return Cat('?', number);
  }
  std::string UtcText(std::string_view column) const override {
    return Cat("strftime('%Y-%m-%dT%H:%M:%SZ', ", column, ")");
  }
};

}  // namespace

const Dialect& SqliteDialect() {
  static const Sqlite dialect;
  return dialect;
}

}  // namespace godwit::engine
