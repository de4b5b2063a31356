// SPDX-License-Identifier: Apache-2.0
// What is done when others hold the locks that a migration needs. What is tried
// again is its transaction, or the statement that runs in none.
#include <thread>

#include "base/text.h"
#include "migrate/progress.h"
#include "migrate/runner.h"

namespace godwit::migrate {

namespace {

using Clock = LockPatience::Clock;

// Whether nothing of the unit is left when it failed, or what is left can be
// looked up: a procedure may have committed half of its work.
bool CanRunTwice(const engine::Unit& unit) {
  if (unit.mode != engine::Unit::Mode::kAutocommit) return true;
  if (unit.body.empty()) return false;
  constexpr std::uint32_t kLeavesNothing =
      sql::kNoTransaction | sql::kOpensTransaction | sql::kCanShare;
  return (unit.body.front().traits & kLeavesNothing) != 0;
}

}  // namespace

void Runner::TellBlocked(const std::string& text) {
  Progress progress;
  progress.kind = Progress::Kind::kBlocked;
  if (at_work_) {
    const Migration* migration = at_work_->migration;
    progress.version = migration ? migration->version : at_work_->row.version;
    if (migration) {
      progress.name = migration->name;
      progress.module = migration->module;
    }
    progress.down = at_work_->down;
    progress.total = 1;
  }
  progress.text = text;
  Tell(options_, progress);
}

// False: a stop was asked for.
bool Runner::Pause(std::chrono::milliseconds time) {
  const auto end = Clock::now() + time;
  while (Clock::now() < end) {
    if (options_.stop.stop_requested()) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>(
        std::chrono::milliseconds(20), end - Clock::now()));
  }
  return !options_.stop.stop_requested();
}

// Whoever asked for a stop while a lock was waited for wants no word of locks.
engine::Failure Runner::AsStopped(engine::Failure failure) const {
  if (!options_.stop.stop_requested() || !database_->MayTryAgain(failure.error))
    return failure;
  failure.error = ErrorInfo();
  failure.error.code = ErrorCode::kInterrupted;
  failure.error.message = "interrupted while it waited for a lock";
  return failure;
}

engine::Fate Runner::SettlePatiently(const sql::StatementView& statement,
                                     LockPatience& patience) {
  while (true) {
    try {
      return database_->Settle(statement);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kLockTimeout) throw;
      const auto pause = patience.Next(0, Clock::now());
      if (!pause || !Pause(*pause)) throw;
    }
  }
}

Runner::AfterGivingWay Runner::GiveWay(const ErrorInfo& error,
                                       const engine::Unit& unit,
                                       std::size_t number,
                                       LockPatience& patience) {
  if (!database_->MayTryAgain(error) || !CanRunTwice(unit))
    return AfterGivingWay::kFail;
  const auto pause = patience.Next(number, Clock::now());
  if (!pause) {
    tried_ = patience.Tried(Clock::now());
    return AfterGivingWay::kFail;
  }
  TellBlocked(
      Cat("did not get its lock; tried again in ", pause->count(), " ms"));
  if (!Pause(*pause)) return AfterGivingWay::kFail;
  if (unit.mode != engine::Unit::Mode::kAutocommit ||
      !(unit.body.front().traits & sql::kNoTransaction))
    return AfterGivingWay::kAgain;
  LockPatience settling(options_.lock_wait);
  switch (SettlePatiently(unit.body.front(), settling)) {
    case engine::Fate::kFinished:
      return AfterGivingWay::kOver;
    case engine::Fate::kUnknown:
      return AfterGivingWay::kFail;
    case engine::Fate::kDone:
    case engine::Fate::kTryAgain:
      break;
  }
  return AfterGivingWay::kAgain;
}

}  // namespace godwit::migrate
