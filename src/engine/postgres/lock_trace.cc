// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/lock_trace.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace godwit::engine {

namespace {

// Not the server's own: every statement locks some of those, and this query
// does.
constexpr std::string_view kRelations = R"(
SELECT c.oid::int8, n.nspname, c.relname,
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8,
       coalesce(i.indrelid, 0)::int8
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_')";

constexpr std::string_view kLocks = R"(
SELECT l.relation::int8, l.mode, n.nspname, c.relname,
       coalesce(n.nspname = 'information_schema' OR n.nspname ~ '^pg_', false),
       coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)::int8
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                    WHERE d.datname = pg_catalog.current_database())
ORDER BY 3, 4, 1, 2)";

constexpr std::string_view kExclusive = "AccessExclusiveLock";

// Those that reading and writing rows take, which keep no one from doing so.
bool IsWeak(std::string_view mode) {
  return mode == "AccessShareLock" || mode == "RowShareLock" ||
         mode == "RowExclusiveLock";
}

bool ChangesRowsAlone(const sql::StatementView& statement) {
  constexpr std::string_view kWords[] = {"select", "insert", "update",
                                         "delete", "merge",  "copy",
                                         "with",   "values", "table"};
  const std::string_view word =
      statement.text.substr(0, statement.text.find_first_of(" \t\r\n(;*"));
  return std::any_of(
      std::begin(kWords), std::end(kWords),
      [&](std::string_view known) { return EqualsIgnoringCase(word, known); });
}

bool IsNamePart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool HoldsName(std::string_view text, std::string_view name) {
  const std::string lower = AsciiLower(text);
  const std::string wanted = AsciiLower(name);
  for (std::size_t at = lower.find(wanted); at != lower.npos;
       at = lower.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || !IsNamePart(lower[at - 1])) &&
        (end == lower.size() || !IsNamePart(lower[end])))
      return true;
  }
  return false;
}

void LockTrace::BeginUnit(std::size_t unit) {
  const Result rows = session_.Execute(kRelations, {});
  unit_ = unit;
  relations_.clear();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    relations_[rows.Get<Oid>(i, 0)] = {
        rows.Get<std::string>(i, 1), rows.Get<std::string>(i, 2),
        rows.Get<std::int64_t>(i, 3), rows.Get<Oid>(i, 4)};
  }
  taken_.clear();
  told_.clear();
}

void LockTrace::Look(std::size_t number, const sql::StatementView& statement) {
  rewritten_.clear();
  AddHeld(number, statement, LookAtLocks(number));
  for (const auto& [oid, file] : rewritten_) MarkRewritten(oid, file, number);
}

// A relation that is gone, or has another name now, keeps the one it had.
std::set<LockTrace::Oid> LockTrace::LookAtLocks(std::size_t number) {
  std::set<Oid> seen;
  const Result rows = session_.Execute(kLocks, {});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto oid = rows.Get<Oid>(i, 0);
    const auto mode = rows.Get<std::string>(i, 1);
    const auto table = rows.Get<std::optional<std::string>>(i, 3);
    const auto file = rows.Get<std::int64_t>(i, 5);
    auto known = relations_.find(oid);
    const bool is_new = known == relations_.end();
    if (is_new && (!table || rows.Get<bool>(i, 4))) continue;
    if (is_new)
      known = relations_
                  .emplace(oid, Relation{rows.Get<std::string>(i, 2), *table,
                                         file, 0, true})
                  .first;
    else if (file != 0 && known->second.file != file)
      rewritten_.emplace_back(oid, file);
    if (is_new) made_.insert(oid);
    const Relation& relation = known->second;
    if (!held_.emplace(std::pair(oid, mode), unit_).second) continue;
    taken_.push_back({relation.name(), mode, number, 0, relation.is_new, {}});
    if (!IsWeak(mode)) seen.insert(oid);
  }
  return seen;
}

bool LockTrace::IsNamed(Oid oid, std::string_view text) const {
  const auto known = relations_.find(oid);
  if (known == relations_.end() || made_.contains(oid)) return false;
  const auto table = relations_.find(known->second.indexed);
  return HoldsName(text, known->second.table) ||
         (table != relations_.end() && HoldsName(text, table->second.table));
}

// What an earlier unit holds is not seen again. A statement that names the
// relation may have asked for it: one that changes rows for the weak modes, any
// other for the strong ones, unless it has shown a strong one of its own.
void LockTrace::AddHeld(std::size_t number, const sql::StatementView& statement,
                        const std::set<Oid>& seen) {
  const bool rows_alone = ChangesRowsAlone(statement);
  for (const auto& [lock, unit] : held_) {
    const auto& [oid, mode] = lock;
    if (unit == unit_ || IsWeak(mode) != rows_alone || seen.contains(oid) ||
        told_.contains(lock) || !IsNamed(oid, statement.text))
      continue;
    told_.insert(lock);
    taken_.push_back({relations_.at(oid).name(), mode, number, 0, false, unit});
  }
}

void LockTrace::MarkRewritten(Oid oid, std::int64_t file, std::size_t number) {
  Relation& relation = relations_.at(oid);
  relation.file = file;
  const auto entry =
      std::find_if(taken_.begin(), taken_.end(), [&](const LockTaken& taken) {
        return taken.relation == relation.name() && taken.mode == kExclusive;
      });
  if (entry != taken_.end()) {
    entry->rewritten_by = number;
    return;
  }
  taken_.push_back({relation.name(),
                    std::string(kExclusive),
                    number,
                    number,
                    relation.is_new,
                    {}});
}

}  // namespace godwit::engine
