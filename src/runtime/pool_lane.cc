// SPDX-License-Identifier: Apache-2.0
#include "runtime/pool_lane.h"

#include <algorithm>

#include "base/text.h"
#include "runtime/session.h"

namespace godwit::internal {

namespace {

std::chrono::microseconds Since(PoolClock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
      PoolClock::now() - start);
}

}  // namespace

Lane::Lane(std::function<Connection()> open, LaneOptions options)
    : open_(std::move(open)), options_(std::move(options)) {
  if (options_.lifetime.count() > 0 || options_.idle_time.count() > 0)
    reaper_ = std::jthread([this](const std::stop_token& stop) { Reap(stop); });
}

Lane::~Lane() {
  Close();
}

std::unique_ptr<LaneMember> Lane::Acquire(
    std::optional<PoolClock::time_point> deadline, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  Grant grant = Take();
  if (!grant) grant = WaitForTurn(lock, deadline, std::move(stop));
  ++counters_.acquired;
  lock.unlock();
  return Use(std::move(grant));
}

std::unique_ptr<LaneMember> Lane::TryAcquire() {
  std::unique_lock lock(mutex_);
  Grant grant = Take();
  if (!grant) return nullptr;
  ++counters_.acquired;
  lock.unlock();
  return Use(std::move(grant));
}

// Never past those who wait already.
Lane::Grant Lane::Take() {
  if (closed_)
    throw Error(ErrorCode::kUsage,
                Cat("the pool of ", options_.name, " is closed"));
  if (!waiters_.empty()) return {};
  if (!idle_.empty()) {
    Grant grant{std::move(idle_.back())};
    idle_.pop_back();
    return grant;
  }
  if (places_ >= options_.max_open) return {};
  ++places_;
  return {nullptr, true};
}

Lane::Grant Lane::WaitForTurn(std::unique_lock<std::mutex>& lock,
                              std::optional<PoolClock::time_point> deadline,
                              std::stop_token stop) {
  const PoolClock::time_point since = PoolClock::now();
  Waiter self;
  waiters_.push_back(&self);
  const auto is_over = [&] { return self.grant || closed_; };
  if (deadline)
    self.wake.wait_until(lock, stop, *deadline, is_over);
  else
    self.wake.wait(lock, stop, is_over);
  if (!self.grant) {
    std::erase(waiters_, &self);
    ThrowNotGranted(stop, since);
  }
  ++counters_.waits;
  counters_.waited += Since(since);
  return std::move(self.grant);
}

void Lane::ThrowNotGranted(const std::stop_token& stop,
                           PoolClock::time_point since) {
  if (closed_)
    throw Error(ErrorCode::kUsage, Cat("the pool of ", options_.name,
                                       " was closed while this waited"));
  if (stop.stop_requested())
    throw Error(ErrorCode::kInterrupted,
                "interrupted while waiting for a connection of the pool");
  ++counters_.timeouts;
  const auto waited =
      std::chrono::duration_cast<std::chrono::milliseconds>(Since(since));
  throw Error(
      ErrorCode::kPoolTimeout,
      Cat("no connection to ", options_.name, " became free within ",
          waited.count(), " ms: ", places_ - idle_.size(), " of ",
          options_.max_open, " are in use, ", waiters_.size(),
          waiters_.size() == 1 ? " other waits" : " others wait"),
      "hold leases for a shorter time, never two in one thread, or raise "
      "max_open");
}

// One that turned out to be useless gives its place to a new one.
std::unique_ptr<LaneMember> Lane::Use(Grant grant) {
  if (grant.member != nullptr) {
    const Fate fate = Examine(*grant.member);
    if (fate == Fate::kKeep) return std::move(grant.member);
    {
      const std::lock_guard lock(mutex_);
      Count(fate);
    }
    if (fate == Fate::kBroken)
      Log(LogLevel::kWarning, "a connection was broken; opening a new one");
  }
  grant.member.reset();
  return Open();
}

std::unique_ptr<LaneMember> Lane::Open() {
  try {
    Connection connection = open_();
    const std::lock_guard lock(mutex_);
    ++counters_.opened;
    return std::make_unique<LaneMember>(std::move(connection), EndOfLife());
  } catch (...) {
    const std::lock_guard lock(mutex_);
    GivePlaceUp();
    throw;
  }
}

Lane::Fate Lane::Examine(LaneMember& member) const {
  const PoolClock::time_point now = PoolClock::now();
  if (IsExpired(member, now)) return Fate::kExpired;
  Session& session = member.connection.session();
  if (!session.IsAlive()) return Fate::kBroken;
  const bool fresh = options_.ping_after.count() == 0 ||
                     now - member.idle_since < options_.ping_after;
  if (fresh) return Fate::kKeep;
  try {
    session.Ping();
  } catch (const Error&) {
    return Fate::kBroken;
  }
  return Fate::kKeep;
}

void Lane::Return(std::unique_ptr<LaneMember> member) noexcept {
  try {
    const Fate fate = CleanUp(*member);
    // Closed here, not under the lock.
    const std::unique_ptr<LaneMember> closing =
        PutBack(std::move(member), fate);
    if (fate == Fate::kBroken)
      Log(LogLevel::kInfo, "a connection came back unusable and was closed");
  } catch (...) {  // out of memory: its place is lost, nothing else
  }
}

Lane::Fate Lane::CleanUp(LaneMember& member) {
  if (member.discard) return Fate::kBroken;
  const Session::PutBack done = member.connection.session().CleanUp();
  if (done == Session::PutBack::kUnusable) return Fate::kBroken;
  if (done == Session::PutBack::kReset) {
    const std::lock_guard lock(mutex_);
    ++counters_.resets;
  }
  return Fate::kKeep;
}

// To the one who waits longest, else to the idle ones. Gives what is to be
// closed.
std::unique_ptr<LaneMember> Lane::PutBack(std::unique_ptr<LaneMember> member,
                                          Fate fate) {
  const PoolClock::time_point now = PoolClock::now();
  member->idle_since = now;
  const std::lock_guard lock(mutex_);
  if (fate == Fate::kKeep && now >= member->end_of_life) fate = Fate::kExpired;
  if (fate != Fate::kKeep || closed_) {
    Count(fate);
    GivePlaceUp();
    return member;
  }
  if (!waiters_.empty()) {
    Waiter* next = waiters_.front();
    waiters_.pop_front();
    next->grant.member = std::move(member);
    next->wake.notify_one();
    return nullptr;
  }
  if (idle_.size() >= options_.max_idle) {
    ++counters_.surplus;
    GivePlaceUp();
    return member;
  }
  idle_.push_back(std::move(member));
  idle_changed_.notify_one();
  return nullptr;
}

void Lane::Count(Fate fate) {
  if (fate == Fate::kBroken) ++counters_.broken;
  if (fate == Fate::kExpired) ++counters_.expired;
}

// The place of a connection that is no more goes to the one who waits longest.
void Lane::GivePlaceUp() {
  if (waiters_.empty() || closed_) {
    --places_;
    return;
  }
  Waiter* next = waiters_.front();
  waiters_.pop_front();
  next->grant.place = true;
  next->wake.notify_one();
}

void Lane::Close() {
  std::deque<std::unique_ptr<LaneMember>> closing;
  const std::lock_guard lock(mutex_);
  closed_ = true;
  closing.swap(idle_);
  places_ -= closing.size();
  for (Waiter* waiter : waiters_) waiter->wake.notify_one();
}

void Lane::Reap(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (!idle_changed_.wait(lock, stop, [&] { return !idle_.empty(); })) return;
    idle_changed_.wait_until(lock, stop, NextExpiry(), [] { return false; });
    std::vector<std::unique_ptr<LaneMember>> expired =
        TakeExpired(PoolClock::now());
    lock.unlock();
    expired.clear();
    lock.lock();
  }
}

// Nobody waits while there are idle ones, so their places go to nobody.
std::vector<std::unique_ptr<LaneMember>> Lane::TakeExpired(
    PoolClock::time_point now) {
  std::vector<std::unique_ptr<LaneMember>> expired;
  for (std::unique_ptr<LaneMember>& member : idle_) {
    if (IsExpired(*member, now)) expired.push_back(std::move(member));
  }
  std::erase(idle_, nullptr);
  places_ -= expired.size();
  counters_.expired += expired.size();
  return expired;
}

PoolClock::time_point Lane::NextExpiry() const {
  PoolClock::time_point next = PoolClock::time_point::max();
  for (const std::unique_ptr<LaneMember>& member : idle_) {
    next = std::min(next, member->end_of_life);
    if (options_.idle_time.count() > 0)
      next = std::min(next, member->idle_since + options_.idle_time);
  }
  return next;
}

bool Lane::IsExpired(const LaneMember& member,
                     PoolClock::time_point now) const {
  return now >= member.end_of_life ||
         (options_.idle_time.count() > 0 &&
          now - member.idle_since >= options_.idle_time);
}

PoolClock::time_point Lane::EndOfLife() {
  const auto lifetime = options_.lifetime.count();
  if (lifetime == 0) return PoolClock::time_point::max();
  std::uniform_int_distribution<std::int64_t> jitter(0, lifetime / 10);
  return PoolClock::now() +
         std::chrono::milliseconds(lifetime - jitter(random_));
}

PoolStats Lane::stats() const {
  const std::lock_guard lock(mutex_);
  PoolStats stats = counters_;
  stats.open = places_;
  stats.idle = idle_.size();
  stats.in_use = places_ - idle_.size();
  stats.waiting = waiters_.size();
  return stats;
}

void Lane::Log(LogLevel level, std::string_view line) const {
  if (!options_.logger) return;
  try {
    options_.logger(level, Cat("pool of ", options_.name, ": ", line));
  } catch (...) {  // a logger's trouble is its own
  }
}

}  // namespace godwit::internal
