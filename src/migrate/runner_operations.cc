// SPDX-License-Identifier: Apache-2.0
// What is done beside up and down: without a tracker, for trial, or to the
// tracker's rows alone.
#include <algorithm>

#include "base/text.h"
#include "migrate/explain.h"
#include "migrate/runner.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

namespace {

Error NoSuchVersion(Version version) {
  return Error(ErrorCode::kUnknownVersion,
               Cat("there is no migration ", version),
               "'godwit migrate status' lists them");
}

class Silent final : public engine::Observer {
  void OnStarted(std::size_t) override {}
  void OnFinished(std::size_t, std::chrono::microseconds) override {}
};

// The files as if all were applied (down) or none (up).
TrackerState Imagine(const std::vector<Migration>& migrations, bool down) {
  TrackerState state;
  state.exists = true;
  state.tells_spellings_apart = true;
  if (down) {
    for (const Migration& migration : migrations) {
      state.applied.push_back({migration.version, migration.spelling,
                               std::nullopt, std::nullopt, ""});
    }
  }
  state.Index();
  return state;
}

}  // namespace

Report Runner::RunUntracked(const Wish& wish) {
  tracked_ = false;
  Report report;
  TrackerTraits traits;
  traits.is_counter = tracker_->traits().is_counter;
  const TrackerState imagined =
      Imagine(migrations(), wish.kind == Wish::Kind::kDown);
  const Plan plan = Pending(migrations(), imagined, traits,
                            tracker_->table().text(), wish, {});
  const Prepared prepared = Prepare(plan, wish);
  if (prepared.steps.empty()) return report;
  CheckWritable();
  database_->Prepare({options_.lock_timeout, options_.statement_timeout});
  const UnitContext context{nullptr, ledger_.get(), nullptr, options_.role};
  const Units units = BuildUnits(prepared.steps, imagined, context);
  int attempt = 20;
  for (std::size_t at = 0; at < units.size();) {
    const std::size_t size =
        database_->BatchSize(std::span(units.units).subspan(at));
    const Units batch{
        {units.units.begin() + static_cast<std::ptrdiff_t>(at),
         units.units.begin() + static_cast<std::ptrdiff_t>(at + size)},
        {units.infos.begin() + static_cast<std::ptrdiff_t>(at),
         units.infos.begin() + static_cast<std::ptrdiff_t>(at + size)}};
    database_->Lock(MakeLockRequest());
    RunUnits(prepared, batch, report, attempt);
    database_->Unlock();
    at += size;
  }
  report.warnings = warnings_;
  return report;
}

Runner::Outlook Runner::LookAhead(const Wish& wish) {
  const Reading reading = Read();
  const Plan plan = MakePlan(wish, reading.state);
  if (!plan.refusals.empty()) throw Error(plan.refusals.front());
  Outlook outlook;
  for (const Migration& migration : migrations()) {
    if (reading.state.Has(migration)) outlook.applied.insert(migration.version);
  }
  for (const Step& step : plan.steps) outlook.steps.push_back(step.migration);
  return outlook;
}

DryRunLine NotTried(const Migration& migration) {
  DryRunLine line;
  line.version = migration.version;
  line.name = migration.name;
  line.module = migration.module;
  return line;
}

std::vector<DryRunLine> Runner::DryRun(const Wish& wish) {
  Reading reading = Read();
  ImagineAdoption(reading.state);
  const Plan plan = MakePlan(wish, reading.state);
  if (!plan.refusals.empty()) throw Error(plan.refusals.front());
  Prepared prepared = Prepare(plan, wish);
  AddScripts(wish, reading, {}, prepared);
  if (prepared.steps.empty()) return {};
  CheckWritable();
  database_->Prepare({options_.lock_timeout, options_.statement_timeout});
  std::vector<engine::Unit> units;
  for (std::size_t i = 0; i < prepared.steps.size(); ++i) {
    engine::Unit& unit = units.emplace_back();
    const PreparedStep& step = prepared.steps[i];
    unit.step = i;
    unit.body = step.runnable.body;
    unit.role = options_.role;
    unit.restores_session = true;
    const bool own = std::any_of(
        unit.body.begin(), unit.body.end(),
        [](const auto& s) { return (s.traits & sql::kOwnStep) != 0; });
    unit.mode = !step.runnable.transaction ? engine::Unit::Mode::kAutocommit
                : own                      ? engine::Unit::Mode::kOwnTransaction
                                           : engine::Unit::Mode::kTransaction;
  }
  const std::vector<engine::DryRunResult> results = database_->DryRun(units);
  std::vector<DryRunLine> lines;
  // Files before the migrations have no line where nothing is wrong with them.
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const PreparedStep& step = prepared.steps[i];
    const bool is_script = !step.step.migration->script.empty();
    if (is_script && !results[i].failure) {
      ++left_out;
      continue;
    }
    DryRunLine& line = lines.emplace_back(NotTried(*step.step.migration));
    line.statements = step.runnable.body.size();
    line.duration = results[i].duration;
    line.locks = results[i].locks;
    for (engine::LockTaken& lock : line.locks) {
      if (!lock.held_since) continue;
      if (*lock.held_since < left_out)
        lock.held_since.reset();
      else
        *lock.held_since -= left_out;
    }
    if (!results[i].tried) continue;
    line.ok = !results[i].failure;
    if (results[i].failure) {
      line.error = Explain(*results[i].failure, step, units[i],
                           database_->Classify(results[i].failure->error),
                           tracker_->table().text());
    }
  }
  return lines;
}

void Runner::WriteRows(
    const std::function<std::vector<Connection::Query>(const Reading&)>& rows,
    bool needs_log) {
  // Not in between the statements of a run that is at work.
  without_transaction_ = true;
  const Reading reading = BeginRun();
  without_transaction_ = false;
  engine::Unit unit;
  unit.before = SetupQueries(reading, needs_log);
  for (Connection::Query& row : rows(reading))
    unit.before.push_back(std::move(row));
  Silent silent;
  const engine::RunResult result = database_->Run(std::span(&unit, 1), silent);
  if (!result.failure) {
    latest_ = EndRun();
    return;
  }
  database_->Unlock();
  ErrorInfo info = result.failure->error;
  info.code = ErrorCode::kTrackerUnusable;
  info.message = Cat("the tracker ", tracker_->table().text(),
                     " cannot be written: ", info.message);
  info.position = 0;
  info.state = "nothing was changed";
  throw Error(std::move(info));
}

// A version of a list that has shifted is another module's file.
void Runner::CheckModules(const TrackerState& state) const {
  const std::span<const ModulePlace> modules = policy().modules;
  const auto shift = FindShift(migrations(), state, modules);
  if (!shift) return;
  ErrorInfo info = RefuseShift(*shift, modules);
  info.state = "nothing was changed";
  throw Error(std::move(info));
}

Report Runner::Baseline(Version version) {
  if (!source_->Find(version)) throw NoSuchVersion(version);
  Report report;
  const bool counter = tracker_->traits().is_counter;
  WriteRows(
      [&](const Reading& reading) {
        CheckModules(reading.state);
        std::vector<Connection::Query> rows;
        TrackerState state = reading.state;
        for (const Migration& migration : migrations()) {
          if (migration.version > version || state.Has(migration)) continue;
          report.applied.push_back(
              {migration.version, migration.name, migration.module, 0, {}});
          for (Connection::Query& row : tracker_->Apply(migration, state))
            rows.push_back(std::move(row));
          if (counter)
            rows.push_back(ledger_->Append(
                {migration.version, event::kApplied, {}, {}, "baseline"}));
          state.lacks_zero_row = false;
          state.applied.push_back(
              {migration.version, migration.spelling, {}, {}, ""});
          state.Index();
        }
        return rows;
      },
      counter);
  Finish(report);
  return report;
}

void Runner::Force(std::optional<Version> version) {
  if (!tracker_->traits().is_counter) {
    throw Error(ErrorCode::kUnsupported,
                Cat("the tracker kind ", tracker_->kind_name(),
                    " has no counter to force"),
                "'godwit migrate baseline V' records versions as applied");
  }
  WriteRows(
      [&](const Reading&) {
        std::vector<Connection::Query> rows = SetCounter(*tracker_, version);
        rows.push_back(ledger_->Append(
            {version.value_or(-1), event::kForced, {}, {}, ""}));
        return rows;
      },
      true);
}

void Runner::Accept(Version version) {
  const Migration* migration = source_->Find(version);
  if (!migration) throw NoSuchVersion(version);
  WriteRows(
      [&](const Reading& reading) {
        CheckModules(reading.state);
        const AppliedRow* row = reading.state.Find(*migration);
        if (!row)
          throw Error(ErrorCode::kUnknownVersion,
                      Cat("version ", version, " is not applied"));
        if (!row->name)
          throw Error(ErrorCode::kUnsupported,
                      Cat("the tracker kind ", tracker_->kind_name(),
                          " keeps no checksums"));
        std::vector<Connection::Query> rows = tracker_->Accept(*migration);
        rows.push_back(
            ledger_->Append({version,
                             event::kAccepted,
                             {},
                             migration->checksum,
                             Cat("before: ", *row->name, " ",
                                 row->checksum.value_or("no checksum"))}));
        return rows;
      },
      true);
}

void Runner::Resolve(Version version, bool applied) {
  const Migration* migration = source_->Find(version);
  if (!migration) throw NoSuchVersion(version);
  WriteRows(
      [&](const Reading& reading) {
        const Unfinished* unfinished = reading.log.FindUnfinished(version);
        if (!unfinished || !unfinished->fate_unknown) {
          throw Error(ErrorCode::kUnknownVersion,
                      Cat("version ", version,
                          " has no statement whose fate is unknown"),
                      "'godwit migrate status' shows what is interrupted");
        }
        const ParsedMigration& parsed = Parse(*migration);
        const Runnable runnable =
            Check(unfinished->down ? parsed.down : parsed.up,
                  *migration->format, *migration);
        const auto statement =
            static_cast<std::size_t>(*unfinished->fate_unknown) - 1;
        std::optional<std::string> hash;
        if (applied && statement < runnable.body.size())
          hash = StatementHash(runnable.body[statement]);
        return std::vector{
            ledger_->Append({version, applied ? event::kDone : event::kFailed,
                             *unfinished->fate_unknown, hash,
                             unfinished->down ? "down" : "up"})};
      },
      true);
}

}  // namespace godwit::migrate
