// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/lock_trace.h"

#include <algorithm>

namespace godwit::engine {

namespace {

// Not the server's own: every statement locks some of those, and this query
// does.
constexpr std::string_view kRelations = R"(
SELECT c.oid::int8, n.nspname || '.' || c.relname,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_')";

constexpr std::string_view kLocks = R"(
SELECT l.relation::int8, l.mode, n.nspname || '.' || c.relname,
       coalesce(n.nspname = 'information_schema' OR n.nspname ~ '^pg_', false),
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                    WHERE d.datname = pg_catalog.current_database())
ORDER BY 3, 1, 2)";

}  // namespace

void LockTrace::BeginUnit() {
  const Result rows = session_.Execute(kRelations, {});
  relations_.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    relations_[rows.Get<std::int64_t>(i, 0)] = {rows.Get<std::string>(i, 1),
                                                rows.Get<std::int64_t>(i, 2)};
  }
  taken_.clear();
}

// A relation that is gone, or has another name now, keeps the one it had.
void LockTrace::Look(std::size_t statement) {
  const Result rows = session_.Execute(kLocks, {});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto oid = rows.Get<std::int64_t>(i, 0);
    const auto mode = rows.Get<std::string>(i, 1);
    const auto name = rows.Get<std::optional<std::string>>(i, 2);
    const auto known = relations_.find(oid);
    if (known == relations_.end() && (!name || rows.Get<bool>(i, 3))) continue;
    const bool is_new = known == relations_.end() || known->second.is_new;
    Relation now{known == relations_.end() ? *name : known->second.name,
                 rows.Get<std::int64_t>(i, 4), is_new};
    if (held_.insert({oid, mode}).second)
      taken_.push_back({now.name, mode, statement, 0, is_new});
    if (known == relations_.end()) {
      relations_[oid] = std::move(now);
    } else if (now.file != 0 && known->second.file != now.file) {
      MarkRewritten(oid, now, statement);
    }
  }
}

void LockTrace::MarkRewritten(std::int64_t oid, const Relation& relation,
                              std::size_t statement) {
  relations_[oid].file = relation.file;
  constexpr std::string_view kMode = "AccessExclusiveLock";
  const auto entry =
      std::find_if(taken_.begin(), taken_.end(), [&](const LockTaken& taken) {
        return taken.relation == relation.name && taken.mode == kMode;
      });
  if (entry != taken_.end())
    entry->rewritten_by = statement;
  else
    taken_.push_back({relation.name, std::string(kMode), statement, statement,
                      relation.is_new});
}

}  // namespace godwit::engine
