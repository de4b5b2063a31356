// SPDX-License-Identifier: Apache-2.0
#include "godwit/pool.h"

#include "base/text.h"
#include "runtime/dsn.h"
#include "runtime/pool_lane.h"
#include "runtime/session.h"

namespace godwit {

namespace {

using internal::Lane;
using internal::LaneMember;
using internal::LaneOptions;
using internal::PoolClock;

ConnectOptions ConnectionsOf(const PoolOptions& options) {
  ConnectOptions out;
  out.application_name = options.application_name;
  out.named_statements = options.named_statements;
  out.connect_timeout = options.connect_timeout;
  out.busy_timeout = options.busy_timeout;
  out.search_path = options.search_path;
  out.role = options.role;
  out.statement_timeout = options.statement_timeout;
  out.ping = true;
  out.foreign_keys = options.foreign_keys;
  out.write_ahead_log = options.write_ahead_log;
  return out;
}

LaneOptions LimitsOf(const PoolOptions& options, std::string name) {
  return {options.max_open,  options.max_idle,   options.lifetime,
          options.idle_time, options.ping_after, std::move(name),
          options.logger};
}

std::function<Connection()> Opener(std::string dsn, const PoolOptions& options,
                                   bool only_reads) {
  return [dsn = std::move(dsn), connect = ConnectionsOf(options),
          on_open = options.on_open, only_reads] {
    Connection connection = Connection::Open(dsn, connect);
    if (on_open) on_open(connection);
    if (only_reads) connection.Execute("PRAGMA query_only = ON");
    connection.session().WatchChanges();
    return connection;
  };
}

void CheckOptions(const PoolOptions& options) {
  if (options.max_open == 0)
    throw Error(ErrorCode::kUsage, "a pool's max_open is 0",
                "it is how many connections there may be");
}

PoolStats operator+(PoolStats a, const PoolStats& b) {
  a.open += b.open;
  a.idle += b.idle;
  a.in_use += b.in_use;
  a.waiting += b.waiting;
  a.opened += b.opened;
  a.acquired += b.acquired;
  a.waits += b.waits;
  a.waited += b.waited;
  a.timeouts += b.timeouts;
  a.resets += b.resets;
  a.broken += b.broken;
  a.expired += b.expired;
  a.surplus += b.surplus;
  return a;
}

// A database in memory is gone with its last connection, and another connection
// has another one.
LaneOptions ForEver(LaneOptions options) {
  options.max_open = options.max_idle = 1;
  options.lifetime = options.idle_time = std::chrono::milliseconds(0);
  return options;
}

}  // namespace

std::string_view Name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      break;
  }
  return "warning";
}

Lease::Lease(std::shared_ptr<Lane> lane, std::unique_ptr<LaneMember> member)
    : lane_(std::move(lane)), member_(std::move(member)) {}

Lease::Lease(Lease&&) noexcept = default;

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this == &other) return *this;
  Return();
  lane_ = std::move(other.lane_);
  member_ = std::move(other.member_);
  return *this;
}

Lease::~Lease() {
  Return();
}

void Lease::Return() noexcept {
  if (member_ != nullptr) lane_->Return(std::move(member_));
}

Connection& Lease::operator*() const {
  return member_->connection;
}

void Lease::Discard() {
  member_->discard = true;
}

void Lease::MarkChanged() {
  member_->connection.session().MarkChanged();
}

Pool::Pool(std::string_view text, PoolOptions options)
    : acquire_timeout_(options.acquire_timeout) {
  CheckOptions(options);
  const internal::Dsn dsn = internal::ParseDsn(text);
  engine_ = dsn.engine;
  const LaneOptions limits = LimitsOf(options, dsn.shown);
  const bool sqlite = engine_ == EngineKind::kSqlite;
  const bool in_memory = sqlite && internal::IsInMemory(dsn);
  LaneOptions writer = limits;
  if (sqlite) writer.max_open = 1;
  writers_ = std::make_shared<Lane>(Opener(std::string(text), options, false),
                                    in_memory ? ForEver(limits) : writer);
  readers_ = sqlite && !in_memory
                 ? std::make_shared<Lane>(
                       Opener(std::string(text), options, true), limits)
                 : writers_;
  Acquire();
}

Pool::Pool(Pool&&) noexcept = default;

Pool& Pool::operator=(Pool&& other) noexcept {
  if (this == &other) return *this;
  Close();
  engine_ = other.engine_;
  acquire_timeout_ = other.acquire_timeout_;
  writers_ = std::move(other.writers_);
  readers_ = std::move(other.readers_);
  return *this;
}

Pool::~Pool() {
  Close();
}

Lease Pool::Acquire(Access access, std::stop_token stop) {
  const std::shared_ptr<Lane>& lane =
      access == Access::kRead ? readers_ : writers_;
  std::optional<PoolClock::time_point> deadline;
  if (acquire_timeout_.count() > 0)
    deadline = PoolClock::now() + acquire_timeout_;
  return Lease(lane, lane->Acquire(deadline, std::move(stop)));
}

std::optional<Lease> Pool::TryAcquire(Access access) {
  const std::shared_ptr<Lane>& lane =
      access == Access::kRead ? readers_ : writers_;
  std::unique_ptr<LaneMember> member = lane->TryAcquire();
  if (member == nullptr) return std::nullopt;
  return Lease(lane, std::move(member));
}

void Pool::Close() {
  if (writers_ != nullptr) writers_->Close();
  if (readers_ != nullptr) readers_->Close();
}

PoolStats Pool::stats() const {
  if (readers_ == writers_) return writers_->stats();
  return writers_->stats() + readers_->stats();
}

}  // namespace godwit
