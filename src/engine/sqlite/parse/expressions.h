// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/sqlite/parse/cursor.h"
#include "sql/tree.h"

namespace godwit::engine {

class SqliteParser;

// Reads expressions (https://www.sqlite.org/lang_expr.html), by precedence.
class ExpressionParser {
 public:
  ExpressionParser(Cursor& cursor, SqliteParser& queries)
      : cursor_(cursor), queries_(queries) {}

  sql::ExpressionPtr Read();
  std::vector<sql::ExpressionPtr> ReadList();

 private:
  using ExpressionPtr = sql::ExpressionPtr;

  ExpressionPtr ReadAnd();
  ExpressionPtr ReadNot();
  ExpressionPtr ReadEquality();
  bool ReadTest(ExpressionPtr& left);
  bool ReadPredicate(ExpressionPtr& left);
  ExpressionPtr ReadIn(ExpressionPtr left, bool negated);
  ExpressionPtr ReadBinary(std::size_t level);
  ExpressionPtr ReadUnary();
  ExpressionPtr ReadPostfix();
  ExpressionPtr ReadPrimary();
  ExpressionPtr ReadParenthesized();
  ExpressionPtr ReadWord();
  ExpressionPtr ReadNamed();
  ExpressionPtr ReadCall(std::vector<std::string> name, std::size_t offset);
  void ReadOver(sql::Expression& call);
  ExpressionPtr ReadCase();
  ExpressionPtr ReadCast();
  ExpressionPtr ReadParameter();
  ExpressionPtr Join(const char* name, ExpressionPtr left, ExpressionPtr right);

  Cursor& cursor_;
  SqliteParser& queries_;
};

}  // namespace godwit::engine
