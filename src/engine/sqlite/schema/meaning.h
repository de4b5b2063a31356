// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// Texts are compared by meaning: white space, comments, the case of words and
// the quotes of names make no difference.
class Meaning {
 public:
  // A word in double quotes that names nothing in either is a text, as SQLite
  // has it. The catalogs are only read here.
  Meaning(const schema::Catalog& from, const schema::Catalog& to);

  // Of any SQL.
  std::string Of(std::string_view sql) const;
  // Of an expression: parentheses around all of it are left out too.
  std::string OfExpression(std::string_view sql) const;
  // What two columns, constraints, indexes have in common exactly when they
  // mean the same. A column without its own constraints.
  std::string Of(const schema::Column& column) const;
  std::string Of(const schema::Constraint& constraint) const;
  std::string Of(const schema::Index& index) const;

 private:
  void Learn(const schema::Catalog& catalog);
  bool Names(std::string_view word) const;

  std::set<std::string> names_;  // in lower case
};

// The names and words in a text, in lower case, without quotes.
std::set<std::string> WordsOf(std::string_view sql);
// The text up to its last token: comments behind it are left out, which would
// swallow a semicolon.
std::string WithoutTrailingComment(std::string_view sql);
// The text with a column's new name; names of functions stay.
std::string WithColumnName(std::string_view sql, std::string_view from,
                           std::string_view to);

}  // namespace godwit::engine::sqlite
