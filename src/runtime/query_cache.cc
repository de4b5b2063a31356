// SPDX-License-Identifier: Apache-2.0
#include "runtime/query_cache.h"

#include "runtime/prepared_query.h"
#include "runtime/session.h"

namespace godwit::internal {

QueryCache::QueryCache() = default;
QueryCache::~QueryCache() = default;

QueryCache::Entry* QueryCache::Look(std::string_view sql) {
  if (!entries_.empty() && entries_.front().key == sql.data() &&
      entries_.front().sql == sql)
    return &entries_.front();
  const auto found = by_place_.find(sql.data());
  if (found == by_place_.end()) return nullptr;
  if (found->second->sql != sql) {
    entries_.erase(found->second);
    by_place_.erase(found);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  return &entries_.front();
}

std::shared_ptr<PreparedQuery> QueryCache::Find(Session& session,
                                                std::string_view sql) {
  Entry* const known = Look(sql);
  if (known != nullptr && !known->query->in_use()) return known->query;
  std::shared_ptr<PreparedQuery> made = session.PrepareQuery(sql);
  // One that is in use keeps its place; this is a second, for once.
  if (known != nullptr) return made;
  entries_.push_front({std::string(sql), made, sql.data()});
  by_place_.emplace(sql.data(), entries_.begin());
  if (entries_.size() > kMost) {
    by_place_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return made;
}

void QueryCache::Drop(std::string_view sql) {
  if (Look(sql) == nullptr) return;
  by_place_.erase(sql.data());
  entries_.pop_front();
}

void QueryCache::Clear() {
  by_place_.clear();
  entries_.clear();
}

}  // namespace godwit::internal
