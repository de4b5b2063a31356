// SPDX-License-Identifier: Apache-2.0
#include "runtime/statement_cache.h"

#include "runtime/session.h"

namespace godwit::internal {

namespace {

// "cached plan must not change result type", and a name that is not there.
bool IsOutOfDate(const Error& error) {
  return error.sqlstate() == "26000" ||
         (error.sqlstate() == "0A000" &&
          error.info().message.find("cached plan") != std::string::npos);
}

}  // namespace

StatementCache::StatementCache() = default;
StatementCache::~StatementCache() = default;

StatementCache::Entry& StatementCache::Find(Session& session,
                                            std::string_view sql) {
  if (const auto found = by_sql_.find(sql); found != by_sql_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front();
  }
  entries_.push_front({std::string(sql), session.Prepare(sql)});
  by_sql_.emplace(entries_.front().sql, entries_.begin());
  if (entries_.size() > kMost) {
    by_sql_.erase(entries_.back().sql);
    entries_.pop_back();
  }
  return entries_.front();
}

void StatementCache::Drop(std::string_view sql) {
  const auto found = by_sql_.find(sql);
  if (found == by_sql_.end()) return;
  const auto entry = found->second;
  by_sql_.erase(found);
  entries_.erase(entry);
}

Result StatementCache::Execute(Session& session, std::string_view sql,
                               std::span<const Value> parameters) {
  const bool in_transaction = session.in_transaction();
  try {
    return Find(session, sql).statement->Execute(parameters);
  } catch (const Error& error) {
    if (!IsOutOfDate(error)) throw;
    Drop(sql);
    if (in_transaction) throw;
  }
  return Find(session, sql).statement->Execute(parameters);
}

void StatementCache::Clear() {
  by_sql_.clear();
  entries_.clear();
}

}  // namespace godwit::internal
