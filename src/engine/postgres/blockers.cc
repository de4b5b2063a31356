// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/blockers.h"

#include <algorithm>

#include "base/text.h"
#include "engine/postgres/activity.h"

namespace godwit::engine {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kSecond{1000};

// What is waited for is the one lock that is not granted; a transaction is
// waited for by its own number.
constexpr std::string_view kWanted = R"(
SELECT coalesce((SELECT coalesce('the lock ' || mode || ' on ' || relation::regclass::text, 'the end of a transaction')
                 FROM pg_locks WHERE pid = $1 AND NOT granted LIMIT 1), 'a lock'))";

// 0 stands for a prepared transaction, which has no session.
constexpr std::string_view kBlockers = R"(
SELECT DISTINCT ON (b.pid) b.pid, {activity}
FROM unnest(pg_blocking_pids($1)) AS b(pid) LEFT JOIN pg_stat_activity a ON a.pid = b.pid
ORDER BY b.pid LIMIT 3)";

}  // namespace

BlockerWatch::BlockerWatch(internal::PostgresSession& session, Tell tell)
    : session_(session), tell_(std::move(tell)) {
  set_lock_timeout({});
}

BlockerWatch::~BlockerWatch() {
  session_.set_wait_handler({}, {});
}

void BlockerWatch::set_lock_timeout(milliseconds timeout) {
  const milliseconds after =
      timeout.count() == 0
          ? kSecond
          : std::clamp(timeout * 2 / 3, milliseconds(20), kSecond);
  session_.set_wait_handler(after, [this] { Look(); });
}

void BlockerWatch::Look() {
  if (given_up_ || Clock::now() - told_ < kSecond) return;
  try {
    if (!other_) other_ = session_.OpenAnother();
    const Value pid = std::int64_t{session_.backend_pid()};
    const Result blockers =
        other_->Execute(WithActivity(kBlockers), std::span(&pid, 1));
    if (blockers.empty()) return;
    told_ = Clock::now();
    const Result wanted = other_->Execute(kWanted, std::span(&pid, 1));
    for (std::size_t i = 0; i < blockers.size(); ++i) {
      const auto holder = blockers.Get<std::int64_t>(i, 0);
      tell_(Cat(wanted.Get<std::string>(0, 0), ", held by ",
                holder == 0 ? std::string("a prepared transaction")
                            : Cat("pid ", holder, ", ",
                                  blockers.Get<std::string>(i, 1))));
    }
  } catch (const Error&) {
    given_up_ = true;
    other_.reset();
  }
}

}  // namespace godwit::engine
