// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "godwit/connection.h"

namespace godwit::internal {

class PreparedStatement;
class Session;

// The statements of one connection that were prepared, those used last first.
// At most so many; the one not used for longest goes.
class StatementCache {
 public:
  StatementCache();
  ~StatementCache();

  // Prepares the text where it is new. Where the server no longer takes what
  // was prepared (a table's columns have changed, the statement is gone) and
  // no transaction is open, it is prepared again, once.
  Result Execute(Session& session, std::string_view sql,
                 std::span<const Value> parameters);
  // The server has forgotten them.
  void Clear();

 private:
  struct Entry {
    std::string sql;
    std::unique_ptr<PreparedStatement> statement;
  };

  Entry& Find(Session& session, std::string_view sql);
  void Drop(std::string_view sql);

  static constexpr std::size_t kMost = 256;
  std::list<Entry> entries_;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_sql_;
};

}  // namespace godwit::internal
