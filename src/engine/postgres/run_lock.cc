// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/run_lock.h"

#include <algorithm>
#include <random>
#include <thread>

#include "base/duration.h"
#include "base/text.h"
#include "engine/postgres/activity.h"

namespace godwit::engine {

namespace {

using Clock = std::chrono::steady_clock;

// pg_locks shows a bigint key as its two halves.
constexpr std::string_view kHolder = R"(
SELECT l.pid, {activity}
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = ANY ($1::bigint[])
LIMIT 1)";

std::string ArrayText(const std::vector<std::int64_t>& keys) {
  std::string out = "{";
  for (std::int64_t key : keys) out += Cat(out.size() > 1 ? "," : "", key);
  return out + "}";
}

}  // namespace

Connection::Query RunLock::TryQuery(const std::vector<std::int64_t>& keys) {
  Connection::Query query{"0", {}};
  for (std::size_t number = keys.size(); number > 0; --number) {
    query.sql = Cat("CASE WHEN pg_try_advisory_lock($", number, ") THEN 1 + ",
                    query.sql, " ELSE 0 END");
  }
  query.sql = Cat("SELECT ", query.sql);
  query.parameters.assign(keys.begin(), keys.end());
  return query;
}

bool RunLock::Keep(const std::vector<std::int64_t>& keys,
                   const Answer& answer) {
  if (answer.error) return false;
  const auto count = answer.rows.Get<std::int64_t>(0, 0);
  held_.assign(keys.begin(), keys.begin() + count);
  if (held_.size() == keys.size()) return true;
  Release();
  return false;
}

bool RunLock::TryAll(const std::vector<std::int64_t>& keys) {
  const Connection::Query query = TryQuery(keys);
  return Keep(keys, {session_.Execute(query.sql, query.parameters), {}});
}

std::string RunLock::Holder(const std::vector<std::int64_t>& keys) {
  const Value parameter = ArrayText(keys);
  const Result row =
      session_.Execute(WithActivity(kHolder), std::span(&parameter, 1));
  if (row.empty()) return "";
  return Cat("pid ", row.Get<std::string>(0, 0), ", ",
             row.Get<std::string>(0, 1));
}

void RunLock::Take(const LockRequest& request) {
  const auto began = Clock::now();
  auto told = began - std::chrono::seconds(1);
  std::minstd_rand random{std::random_device{}()};
  std::string holder;
  while (!TryAll(request.keys)) {
    const auto now = Clock::now();
    if (request.stop.stop_requested()) {
      throw Error(ErrorCode::kInterrupted,
                  "interrupted while waiting for another run");
    }
    const bool late = now - began >= request.wait;
    if (late || now - told >= std::chrono::seconds(1)) {
      holder = Holder(request.keys);
      told = now;
      if (request.on_wait && !late && !holder.empty()) request.on_wait(holder);
    }
    if (late) {
      throw Error(ErrorCode::kRunLockTimeout,
                  Cat("another run holds the lock of this tracker",
                      holder.empty() ? "" : " (" + holder + ")", "; waited ",
                      ShowDuration(request.wait)),
                  "wait for it to end, or end that session; --lock-wait sets "
                  "how long to wait");
    }
    // With jitter, so that many waiters do not come at the same moment.
    std::this_thread::sleep_for(
        std::min(std::chrono::milliseconds(20 + random() % 60), request.wait));
  }
}

std::vector<Connection::Query> RunLock::ReleaseQueries() const {
  std::vector<Connection::Query> queries;
  for (const std::int64_t key : held_)
    queries.push_back({"SELECT pg_advisory_unlock($1)", {key}});
  return queries;
}

void RunLock::Release() noexcept {
  try {
    for (const Connection::Query& query : ReleaseQueries())
      session_.Execute(query.sql, query.parameters);
  } catch (const Error&) {
    // The connection is gone, and the lock with it.
  }
  held_.clear();
}

}  // namespace godwit::engine
