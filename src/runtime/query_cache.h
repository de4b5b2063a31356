// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace godwit::internal {

class PreparedQuery;
class Session;

// The queries of one connection that were prepared, those used last first. At
// most so many; the one not used for longest goes.
class QueryCache {
 public:
  QueryCache();
  ~QueryCache();

  // Prepares the text where it is new, or where its query is in use.
  std::shared_ptr<PreparedQuery> Find(Session& session, std::string_view sql);
  // The server no longer takes it.
  void Drop(std::string_view sql);
  // The server has forgotten them.
  void Clear();

 private:
  struct Entry {
    std::string sql;
    std::shared_ptr<PreparedQuery> query;
    const char* key = nullptr;
  };
  Entry* Look(std::string_view sql);

  static constexpr std::size_t kMost = 256;
  std::list<Entry> entries_;
  // By where the text stands, which is faster than by the text: it is part of
  // the program. Another one that stands there later is noticed.
  std::unordered_map<const char*, std::list<Entry>::iterator> by_place_;
};

}  // namespace godwit::internal
