// SPDX-License-Identifier: Apache-2.0
// What stands between a run that was cut off and the one that goes on.
#include "base/text.h"
#include "migrate/runner.h"

namespace godwit::migrate {

namespace {

class Silent final : public engine::Observer {
  void OnStarted(std::size_t) override {}
  void OnFinished(std::size_t, std::chrono::microseconds) override {}
};

}  // namespace

void Runner::WriteLog(const Ledger::Entry& entry) {
  engine::Unit record;
  record.before = {ledger_->Append(entry)};
  Silent silent;
  database_->Run(std::span(&record, 1), silent);
}

bool Runner::SettleStep(const PreparedStep& step,
                        const Unfinished& unfinished) {
  const std::optional<std::int64_t> number =
      unfinished.fate_unknown ? unfinished.fate_unknown : unfinished.failed;
  if (!number || *number < 1 ||
      static_cast<std::size_t>(*number) > step.runnable.body.size())
    return false;
  const sql::StatementView& statement =
      step.runnable.body[static_cast<std::size_t>(*number) - 1];
  if (!(statement.traits & sql::kNoTransaction)) return false;
  LockPatience patience(options_.lock_wait);
  const engine::Fate fate = SettlePatiently(statement, patience);
  // After a no of the server only what was left behind matters, and another
  // text says nothing about the one that was cut off.
  const std::string hash = StatementHash(statement);
  const bool finished = fate == engine::Fate::kFinished;
  if ((!unfinished.fate_unknown && !finished) || unfinished.intent != hash ||
      fate == engine::Fate::kTryAgain)
    return false;
  if (fate == engine::Fate::kUnknown)
    throw CutOff(step, static_cast<std::size_t>(*number) - 1);
  WriteLog({step.step.migration->version, event::kDone, *number, hash,
            step.step.down ? "down" : "up"});
  return true;
}

bool Runner::Settle(const Prepared& prepared, const LogState& log) {
  bool wrote = false;
  for (const PreparedStep& step : prepared.steps) {
    if (!step.step.migration || !step.section || step.runnable.transaction)
      continue;
    const Unfinished* unfinished =
        log.FindUnfinished(step.step.migration->version);
    if (unfinished && unfinished->down == step.step.down)
      wrote = SettleStep(step, *unfinished) || wrote;
  }
  return wrote;
}

}  // namespace godwit::migrate
