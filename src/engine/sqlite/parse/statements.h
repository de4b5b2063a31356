// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/parse/expressions.h"
#include "sql/tree.h"

namespace godwit::engine {

// Reads statements that return or change rows.
class SqliteParser {
 public:
  explicit SqliteParser(std::string_view sql)
      : cursor_(sql), expressions_(cursor_, *this) {}

  // All of the text, but for a semicolon. Throws NotRead.
  sql::QueryPtr ReadAll();
  // SELECT, VALUES or WITH … SELECT.
  sql::QueryPtr ReadSelect();
  bool AtSelect() const;

  // Refuses what would end in a stack overflow.
  class Depth {
   public:
    explicit Depth(SqliteParser& parser) : parser_(parser) {
      if (++parser_.depth_ > 200) {
        --parser_.depth_;
        throw NotRead{};
      }
    }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ~Depth() { --parser_.depth_; }

   private:
    SqliteParser& parser_;
  };

 private:
  sql::QueryPtr ReadStatement();
  void ReadWith(sql::Query& query);
  sql::QueryPtr ReadCore();
  void ReadSelectBody(sql::Query& query);
  void ReadWindows();
  std::vector<sql::Target> ReadTargets();
  std::string ReadAlias();
  std::unique_ptr<sql::FromItem> ReadFrom();
  std::unique_ptr<sql::FromItem> ReadTable();
  bool ReadJoin(sql::FromItem& join);
  void ReadLimits(sql::Query& query);
  sql::QueryPtr ReadInsert();
  sql::QueryPtr ReadUpdate();
  sql::QueryPtr ReadDelete();
  void ReadConflict(sql::Query& query);
  void ReadReturning(sql::Query& query);
  std::vector<sql::Assignment> ReadAssignments();
  std::vector<std::string> ReadNames();
  std::unique_ptr<sql::FromItem> ReadTarget();

  Cursor cursor_;
  ExpressionParser expressions_;
  int depth_ = 0;
};

}  // namespace godwit::engine
