// SPDX-License-Identifier: Apache-2.0
// A plan executed under the run's lock, and what is said when it fails.
#include <algorithm>

#include "base/text.h"
#include "migrate/explain.h"
#include "migrate/runner.h"
#include "migrate/told.h"

namespace godwit::migrate {

namespace {

// The first refusal is thrown; the others are named in it.
void ThrowRefusals(const Plan& plan) {
  if (plan.refusals.empty()) return;
  ErrorInfo first = plan.refusals.front();
  for (std::size_t i = 1; i < plan.refusals.size(); ++i)
    first.message += Cat("; ", plan.refusals[i].message);
  throw Error(std::move(first));
}

// What is left of the migration that failed.
std::string WhatBecameOf(const PreparedStep& step, const UnitInfo& info,
                         Version version) {
  if (step.step.migration && !step.step.migration->script.empty()) {
    return step.runnable.transaction
               ? "it was rolled back; "
               : "what of it ran before stays, and it may be run again; ";
  }
  if (!step.section || step.runnable.transaction) {
    return Cat(step.step.down ? "the down of version " : "version ", version,
               " was rolled back; ");
  }
  if (info.first_statement == 0)
    return Cat(
        "version ", version,
        " runs without a transaction and none of its statements is done; ");
  return Cat("the statements of version ", version,
             " before it are done and will not run again; ");
}

}  // namespace

void Runner::Execute(const Wish& wish, Report& report) {
  scripts_run_.clear();
  Reading reading = HasScripts(wish) ? Read() : Latest();
  if (wish.kind == Wish::Kind::kUp && AdoptAtStart(reading.state, report))
    reading = HasScripts(wish) ? Read() : Latest();
  Plan plan = MakePlan(wish, reading.state);
  for (const std::string& warning : plan.warnings) Warn(warning);
  // While another tool is at work its counter looks dirty: what it is shows
  // under the lock.
  const bool dirty = !plan.refusals.empty() &&
                     plan.refusals.front().code == ErrorCode::kLegacyDirty;
  if (!dirty) ThrowRefusals(plan);
  Prepared first;
  if (!dirty) {
    first = Prepare(plan, wish);
    AddScripts(wish, reading, report, first);
  }
  if (first.steps.empty() && plan.steps.empty() && !dirty) {
    // Nothing to do is one round trip: what was read is the report.
    latest_ = std::move(reading);
    return;
  }
  without_transaction_ = HasUntransacted(dirty ? Prepare(plan, wish) : first);
  first = {};
  plan = {};  // it is made anew under the lock
  reading = {};
  Wish rest = wish;
  int attempt = 0;
  while (ExecuteBatch(rest, report, attempt)) {
  }
  latest_ = EndRun();
}

// Plans anew under the lock and runs as much as may run under it, which is
// still held when all is done. Returns whether there may be more to do.
bool Runner::ExecuteBatch(Wish& rest, Report& report, int& attempt) {
  Reading reading = BeginRun();
  Plan plan = MakePlan(rest, reading.state);
  ThrowRefusals(plan);
  Prepared prepared = Prepare(plan, rest);
  AddScripts(rest, reading, report, prepared);
  plan = {};  // its steps are in what is prepared
  if (!without_transaction_ && HasUntransacted(prepared)) {
    // Another has changed what is pending since the first look.
    without_transaction_ = true;
    database_->Unlock();
    return true;
  }
  if (Settle(prepared, reading.log)) reading.log = Read().log;
  const std::size_t before = report.applied.size() + report.reverted.size();
  bool again = false;
  if (!prepared.steps.empty()) {
    const UnitContext context{tracker_.get(), ledger_.get(), &reading.log,
                              options_.role};
    Units units = BuildUnits(prepared.steps, reading.state, context);
    AddSetup(reading, units);
    again = RunUnits(prepared, units, report, attempt);
  }
  if (!again && prepared.stop) {
    ErrorInfo stop = *prepared.stop;
    stop.state = Cat(DescribeApplied(EndRun().state, migrations()),
                     "; nothing else ran");
    throw Error(std::move(stop));
  }
  if (again) database_->Unlock();
  if (rest.steps)
    *rest.steps -= report.applied.size() + report.reverted.size() - before;
  return again;
}

void Runner::AddSetup(const Reading& reading, Units& units) {
  const bool needs_log =
      std::any_of(units.infos.begin(), units.infos.end(),
                  [](const UnitInfo& u) { return u.needs_log; });
  engine::Unit setup;
  setup.before = SetupQueries(reading, needs_log);
  if (setup.before.empty()) return;
  units.units.insert(units.units.begin(), std::move(setup));
  units.infos.insert(units.infos.begin(), UnitInfo{.setup = true});
}

// A connection lost in the middle: what was sent may go on at the server.
engine::RunResult Runner::RunOrLose(std::span<const engine::Unit> units,
                                    engine::Observer& observer) {
  try {
    return database_->Run(units, observer);
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    if (info.code == ErrorCode::kConnectFailed) {
      info.state =
          "each migration is in the database whole or not at all; the server "
          "may still be working "
          "on what it was sent";
      info.help =
          "run 'godwit migrate status', then the command again: it goes on "
          "where this one stopped";
    }
    throw Error(std::move(info));
  }
}

// Runs units until the plan should be made anew: where the engine's lock ends
// with its transaction, at the next step's start. Returns whether it should.
bool Runner::RunUnits(const Prepared& prepared, const Units& all,
                      Report& report, int& attempt) {
  LockPatience patience(options_.lock_wait);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t size =
        database_->BatchSize(std::span(all.units).subspan(at));
    const auto units = std::span(all.units).subspan(at, size);
    const auto infos = std::span(all.infos).subspan(at, size);
    Told told(options_, prepared, units, infos, report, scripts_run_, at_work_);
    const engine::RunResult result = RunOrLose(units, told);
    if (const auto& failure = result.failure) {
      // Another runner has recorded the version before us: look again.
      const bool taken =
          failure->at == engine::Failure::At::kBefore &&
          database_->Classify(failure->error) == engine::Refusal::kAlreadyThere;
      if (taken && ++attempt < 20) return true;
      const engine::Unit& unit = units[failure->unit];
      const AfterGivingWay then =
          GiveWay(failure->error, unit, at + failure->unit, patience);
      if (then == AfterGivingWay::kFail)
        ThrowFailure(AsStopped(*failure), prepared, unit, infos[failure->unit]);
      at += failure->unit + (then == AfterGivingWay::kOver ? 1 : 0);
      continue;
    }
    at += size;
    if (at == all.size()) break;
    if (infos.back().ends_step || infos.back().setup) return true;
    database_->Lock(MakeLockRequest());
  }
  return false;
}

// The outcome of a statement outside of a transaction that the server refused.
void Runner::RecordFailure(const engine::Failure& failure,
                           const PreparedStep& prepared,
                           const engine::Unit& unit, const UnitInfo& info) {
  if (!tracked_ || unit.mode != engine::Unit::Mode::kAutocommit ||
      !prepared.step.migration || !prepared.step.migration->script.empty())
    return;
  // Whether a cancelled statement was done nobody knows: its intent stays.
  if (failure.error.code == ErrorCode::kInterrupted) return;
  WriteLog({prepared.step.migration->version,
            event::kFailed,
            static_cast<std::int64_t>(info.first_statement) + 1,
            {},
            prepared.step.down ? "down" : "up"});
}

void Runner::ThrowSetupFailure(const engine::Failure& failure) {
  ErrorInfo info = failure.error;
  info.code = ErrorCode::kTrackerUnusable;
  info.message = Cat("the tracker ", tracker_->table().text(),
                     " cannot be made: ", failure.error.message);
  info.position = 0;
  info.state = "nothing was run";
  if (database_->Classify(failure.error) == engine::Refusal::kNoRight) {
    info.help =
        "grant the login CREATE on the schema, make the tracker as its owner, "
        "or name another with "
        "--tracker";
  }
  throw Error(std::move(info));
}

void Runner::ThrowFailure(const engine::Failure& failure,
                          const Prepared& prepared, const engine::Unit& unit,
                          const UnitInfo& info) {
  connection_.set_stop_token({});
  if (info.setup) ThrowSetupFailure(failure);
  const PreparedStep& step = prepared.steps[unit.step];
  RecordFailure(failure, step, unit, info);
  const bool blocked = database_->MayTryAgain(failure.error);
  ErrorInfo error =
      Explain(failure, step, unit, database_->Classify(failure.error),
              tracker_->table().text());
  error.state =
      Cat(WhatBecameOf(step, info, error.version.value_or(0)),
          tracked_ ? DescribeApplied(Read().state, migrations()) + "; " : "",
          "nothing else ran");
  if (blocked && !tried_.empty()) error.message += "; " + tried_;
  if (blocked && !last_blocker_.empty())
    error.message += "; it waited for " + last_blocker_;
  if (error.help.empty()) {
    const std::string again =
        tracked_ ? Cat("run 'godwit migrate ", step.step.down ? "down" : "up",
                       "' again")
                 : "run the command again";
    error.help = error.code == ErrorCode::kInterrupted
                     ? again
                     : Cat("fix the file and ", again);
  }
  throw Error(std::move(error));
}

}  // namespace godwit::migrate
