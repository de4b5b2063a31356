// SPDX-License-Identifier: Apache-2.0
// The way of `migrate up`: one round trip reads the tracker; with nothing to do
// that is all, no lock is taken and nothing is written. Else: lock, read again,
// plan again, execute, report what the tracker says.
#include "migrate/runner.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/explain.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

namespace {

engine::TableName TrackerName(const MigrateOptions& options, const TrackerTraits& traits, engine::Database& database) {
  const bool schemas = database.dialect().has_schemas();
  engine::TableName name{"", std::string(traits.default_table)};
  if (!options.tracker.empty()) {
    const bool fold = traits.folds_case && schemas && options.tracker.find('"') == std::string::npos;
    name = engine::ParseTableName(fold ? AsciiLower(options.tracker) : options.tracker);
  }
  if (!schemas) {
    if (!name.schema.empty() && name.schema != "main") {
      throw Error(ErrorCode::kUsage, Cat("this database has no schemas; the tracker ", name.text(), " names one"),
                  "name the table alone");
    }
    name.schema.clear();
    return name;
  }
  if (name.schema.empty()) name.schema = traits.default_schema_is_public ? "public" : database.CurrentSchema();
  if (name.schema.empty()) {
    throw Error(ErrorCode::kTrackerUnusable, Cat("there is no schema to hold the tracker ", name.table, ": the search_path of the connection names none that exists"),
                "create the schema, or name the tracker with its schema: --tracker SCHEMA.TABLE");
  }
  return name;
}

// The first refusal is thrown; the others are named in it.
void ThrowRefusals(const Plan& plan) {
  if (plan.refusals.empty()) return;
  ErrorInfo first = plan.refusals.front();
  for (std::size_t i = 1; i < plan.refusals.size(); ++i) first.message += Cat("; ", plan.refusals[i].message);
  throw Error(std::move(first));
}

Connection::Query Plain(std::string sql) { return {std::move(sql), {}}; }

}  // namespace

// Turns what the engine tells of units into what a user hears of migrations.
class Runner::Told final : public engine::Observer {
 public:
  Told(const MigrateOptions& options, const Prepared& prepared, std::span<const engine::Unit> units,
       std::span<const UnitInfo> infos, Report& report)
      : options_(options), prepared_(prepared), units_(units), infos_(infos), report_(report) {}

  void OnStarted(std::size_t unit) override {
    if (infos_[unit].setup || started_ == units_[unit].step) return;
    started_ = units_[unit].step;
    Tell(Progress::Kind::kStarted, *started_, {});
  }
  void OnFinished(std::size_t unit, std::chrono::microseconds duration) override {
    if (infos_[unit].setup) return;
    took_ += duration;
    if (!infos_[unit].ends_step) return;
    const std::size_t index = units_[unit].step;
    const PreparedStep& prepared = prepared_.steps[index];
    MigratedStep done;
    done.version = prepared.step.migration ? prepared.step.migration->version : prepared.step.row.version;
    if (prepared.step.migration) {
      done.name = prepared.step.migration->name;
      done.module = prepared.step.migration->module;
    }
    done.statements = prepared.section ? prepared.runnable.body.size() : 0;
    done.duration = took_;
    (prepared.step.down ? report_.reverted : report_.applied).push_back(done);
    Tell(Progress::Kind::kFinished, index, took_);
    took_ = std::chrono::microseconds{0};
  }

 private:
  void Tell(Progress::Kind kind, std::size_t index, std::chrono::microseconds duration) {
    if (!options_.on_progress) return;
    const Step& step = prepared_.steps[index].step;
    Progress progress;
    progress.kind = kind;
    progress.version = step.migration ? step.migration->version : step.row.version;
    if (step.migration) {
      progress.name = step.migration->name;
      progress.module = step.migration->module;
    }
    progress.down = step.down;
    progress.number = index + 1;
    progress.total = prepared_.steps.size();
    progress.statements = prepared_.steps[index].section ? prepared_.steps[index].runnable.body.size() : 0;
    progress.duration = duration;
    options_.on_progress(progress);
  }

  const MigrateOptions& options_;
  const Prepared& prepared_;
  std::span<const engine::Unit> units_;
  std::span<const UnitInfo> infos_;
  Report& report_;
  std::optional<std::size_t> started_;
  std::chrono::microseconds took_{0};
};

Runner::Runner(Connection& connection, const Source* source, const MigrateOptions& options, Environment environment)
    : connection_(connection), source_(source), options_(options), environment_(std::move(environment)) {
  if (connection.in_transaction()) {
    throw Error(ErrorCode::kUsage, "the connection is in a transaction; migrations run in their own");
  }
  connection_.set_stop_token(options_.stop);
  database_ = engine::Open(connection);
  const TrackerEntry& entry = FindTracker(options_.tracker_kind);
  tracker_ = entry.make(database_->dialect(), TrackerName(options_, entry.traits, *database_));
  ledger_ = std::make_unique<Ledger>(database_->dialect(), tracker_->table());
}

Runner::~Runner() {
  database_->Unlock();
  database_->Restore();
  connection_.set_stop_token({});
}

const std::vector<Migration>& Runner::migrations() const {
  static const std::vector<Migration> kNone;
  return source_ ? source_->migrations() : kNone;
}

Policy Runner::policy() const {
  return {options_.out_of_order.value_or(tracker_->traits().out_of_order), options_.on_drift, options_.on_missing};
}

void Runner::Warn(const std::string& text) {
  if (std::find(warnings_.begin(), warnings_.end(), text) != warnings_.end()) return;
  warnings_.push_back(text);
  if (!options_.on_progress) return;
  Progress progress;
  progress.kind = Progress::Kind::kWarning;
  progress.text = text;
  options_.on_progress(progress);
}

Reading Runner::Read() {
  Reading reading;
  const Connection::Query queries[] = {Plain(tracker_->ReadQuery()), database_->TableExistsQuery(ledger_->table())};
  try {
    const std::vector<Result> results = database_->Read(queries);
    reading.state = tracker_->Interpret(results[0]);
    reading.log_exists = results[1].Get<bool>(0, 0);
  } catch (const Error& error) {
    const engine::Refusal refusal = database_->Classify(error.info());
    if (error.code() == ErrorCode::kConnectFailed || error.code() == ErrorCode::kInterrupted) throw;
    if (refusal != engine::Refusal::kMissingTable) {
      std::vector<std::string> expected(tracker_->columns().begin(), tracker_->columns().end());
      const bool shape = refusal == engine::Refusal::kMissingColumn || error.code() == ErrorCode::kInternal;
      ErrorInfo info = error.info();
      info.code = ErrorCode::kTrackerUnusable;
      if (shape) {
        info.message = Cat("the table ", tracker_->table().text(), " is no tracker of the kind ", tracker_->kind_name(),
                           ": it has the columns ", Join(database_->Columns(tracker_->table()), ", "), " and should have ",
                           Join(expected, ", "));
        info.help = "name another table with --tracker, or its kind with --tracker-kind";
      } else {
        info.message = Cat("the tracker ", tracker_->table().text(), " cannot be read: ", error.what());
      }
      info.position = 0;
      throw Error(std::move(info));
    }
  }
  if (reading.log_exists) reading.log = Ledger::Interpret(database_->Read(std::vector{ledger_->Read()})[0]);
  if (tracker_->traits().is_counter) ResolveCounter(reading.state, reading.log, migrations());
  reading.state.Index();
  return reading;
}

Plan Runner::MakePlan(const Wish& wish, const TrackerState& state) const {
  return Pending(migrations(), state, tracker_->traits(), tracker_->table().text(), wish, policy());
}

const ParsedMigration& Runner::Parse(const Migration& migration) {
  const auto found = parsed_.find(&migration);
  if (found != parsed_.end()) return found->second;
  auto parsed = source_->format().parse(migration, database_->dialect().lexicon(), environment_);
  return parsed_.emplace(&migration, std::move(parsed)).first->second;
}

// Everything that can be said about the files of a plan before one of them runs.
Runner::Prepared Runner::Prepare(const Plan& plan, const Wish& wish) {
  Prepared prepared;
  prepared.stop = plan.stop;
  for (const Step& step : plan.steps) {
    PreparedStep& next = prepared.steps.emplace_back();
    next.step = step;
    if (!step.migration) continue;
    const ParsedMigration& parsed = Parse(*step.migration);
    next.section = step.down ? &parsed.down : &parsed.up;
    if (step.down && !next.section->present) {
      // Where up did nothing there is nothing to revert.
      if (!wish.forget && !parsed.up.statements.empty()) {
        ErrorInfo info = Error(ErrorCode::kNoDown, Cat(Name(*step.migration), " cannot be reverted: it has no down"),
                               "write one, or take its row away with 'godwit migrate down --forget'").info();
        info.version = step.migration->version;
        info.where.file = step.migration->path();
        info.state = "nothing was run";
        throw Error(std::move(info));
      }
      next.section = nullptr;
      continue;
    }
    next.runnable = Check(*next.section, source_->format(), *step.migration);
    if (!step.down && tracked_ && !next.runnable.refusal) {
      const auto* drop = FindTrackerDrop(next.runnable.body, database_->dialect().lexicon(), tracker_->table());
      if (drop) next.runnable.refusal = RefuseTrackerDrop(*next.section, *drop, *step.migration, tracker_->table().text());
    }
    if (!next.runnable.refusal) continue;
    ErrorInfo refusal = *next.runnable.refusal;
    const bool late = tracker_->traits().runs_up_to_a_refused_file && refusal.code == ErrorCode::kUnsupported;
    if (!late || prepared.steps.size() == 1) {
      refusal.state = "nothing was run";
      throw Error(std::move(refusal));
    }
    prepared.steps.pop_back();
    prepared.stop = std::move(refusal);
    break;
  }
  return prepared;
}

bool Runner::HasUntransacted(const Prepared& prepared) {
  return std::any_of(prepared.steps.begin(), prepared.steps.end(),
                     [](const PreparedStep& step) { return step.section && !step.runnable.transaction; });
}

void Runner::CheckWritable() {
  const std::string reason = database_->ReadOnlyReason();
  if (reason.empty()) return;
  ErrorInfo info = Error(ErrorCode::kTrackerUnusable, Cat("nothing can be migrated: ", reason),
                         "connect to the primary, or to a database that can be written").info();
  info.state = "nothing was run";
  throw Error(std::move(info));
}

engine::LockRequest Runner::MakeLockRequest() {
  engine::LockRequest request;
  request.keys = {tracker_->LockKey()};
  for (std::int64_t key : tracker_->ForeignLockKeys(database_->database_name())) request.keys.push_back(key);
  request.wait = options_.lock_wait;
  request.stop = options_.stop;
  request.whole_run = without_transaction_;
  request.on_wait = [this](const std::string& holder) {
    if (!options_.on_progress) return;
    Progress progress;
    progress.kind = Progress::Kind::kWaiting;
    progress.text = holder;
    options_.on_progress(progress);
  };
  return request;
}

// What makes the tracker and the log where they are missing. Schemas and tables
// are looked for first: IF NOT EXISTS asks for rights even where they exist.
std::vector<Connection::Query> Runner::SetupQueries(const Reading& reading, bool needs_log) {
  std::vector<Connection::Query> queries;
  if (!reading.state.exists) {
    const std::string& schema = tracker_->table().schema;
    if (!schema.empty() && tracker_->traits().makes_its_schema && !database_->SchemaExists(schema)) {
      queries.push_back(Plain(Cat("CREATE SCHEMA ", database_->dialect().Quote(schema))));
    }
    for (std::string& sql : tracker_->Create()) queries.push_back(Plain(std::move(sql)));
  }
  if (needs_log && !reading.log_exists) {
    const Connection::Query exists[] = {database_->TableExistsQuery(ledger_->table())};
    if (reading.state.exists || !database_->Read(exists)[0].Get<bool>(0, 0)) queries.push_back(Plain(ledger_->Create()));
  }
  return queries;
}

void Runner::Execute(const Wish& wish, Report& report) {
  Reading reading = Read();
  const Plan plan = MakePlan(wish, reading.state);
  for (const std::string& warning : plan.warnings) Warn(warning);
  ThrowRefusals(plan);
  if (plan.steps.empty()) {
    // Nothing to do is one round trip: what was read is the report.
    latest_ = std::move(reading);
    return;
  }
  latest_.reset();
  without_transaction_ = HasUntransacted(Prepare(plan, wish));
  CheckWritable();
  database_->Prepare(options_.lock_timeout);
  Wish rest = wish;
  int attempt = 0;
  while (ExecuteBatch(rest, report, attempt)) {
  }
}

// Plans anew under the lock and runs as much as may run under it. Returns whether
// there may be more to do.
bool Runner::ExecuteBatch(Wish& rest, Report& report, int& attempt) {
  database_->Lock(MakeLockRequest());
  Reading reading = Read();
  const Plan plan = MakePlan(rest, reading.state);
  ThrowRefusals(plan);
  const Prepared prepared = Prepare(plan, rest);
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
    const UnitContext context{tracker_.get(), ledger_.get(), &reading.log, options_.role};
    Units units = BuildUnits(prepared.steps, reading.state, context);
    AddSetup(reading, units);
    again = RunUnits(prepared, units, report, attempt);
  }
  database_->Unlock();
  if (!again && prepared.stop) {
    ErrorInfo stop = *prepared.stop;
    stop.state = Cat(DescribeApplied(Read().state, migrations()), "; nothing else ran");
    throw Error(std::move(stop));
  }
  if (rest.steps) *rest.steps -= report.applied.size() + report.reverted.size() - before;
  return again;
}

void Runner::AddSetup(const Reading& reading, Units& units) {
  const bool needs_log = std::any_of(units.infos.begin(), units.infos.end(), [](const UnitInfo& u) { return u.needs_log; });
  engine::Unit setup;
  setup.before = SetupQueries(reading, needs_log);
  if (setup.before.empty()) return;
  units.units.insert(units.units.begin(), std::move(setup));
  units.infos.insert(units.infos.begin(), UnitInfo{.setup = true});
}

// A connection lost in the middle: what was sent may go on at the server.
engine::RunResult Runner::RunOrLose(std::span<const engine::Unit> units, engine::Observer& observer) {
  try {
    return database_->Run(units, observer);
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    if (info.code == ErrorCode::kConnectFailed) {
      info.state = "each migration is in the database whole or not at all; the server may still be working on what it was sent";
      info.help = "run 'godwit migrate status', then the command again: it goes on where this one stopped";
    }
    throw Error(std::move(info));
  }
}

// Runs units until the plan should be made anew: where the engine's lock ends
// with its transaction, at the next step's start. Returns whether it should.
bool Runner::RunUnits(const Prepared& prepared, const Units& all, Report& report, int& attempt) {
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t size = database_->BatchSize(std::span(all.units).subspan(at));
    const auto units = std::span(all.units).subspan(at, size);
    const auto infos = std::span(all.infos).subspan(at, size);
    Told told(options_, prepared, units, infos, report);
    const engine::RunResult result = RunOrLose(units, told);
    if (const auto& failure = result.failure) {
      // Another runner has recorded the version before us: look again.
      const bool taken = failure->at == engine::Failure::At::kBefore &&
                         database_->Classify(failure->error) == engine::Refusal::kAlreadyThere;
      if (taken && ++attempt < 20) return true;
      ThrowFailure(*failure, prepared, units[failure->unit], infos[failure->unit]);
    }
    at += size;
    if (at == all.size()) break;
    if (infos.back().ends_step || infos.back().setup) return true;
    database_->Lock(MakeLockRequest());
  }
  return false;
}

// The outcome of a statement outside of a transaction that the server refused.
void Runner::RecordFailure(const engine::Failure& failure, const PreparedStep& prepared, const engine::Unit& unit,
                           const UnitInfo& info) {
  if (!tracked_ || unit.mode != engine::Unit::Mode::kAutocommit || !prepared.step.migration) return;
  // Whether a cancelled statement was done nobody knows: its intent stays.
  if (failure.error.code == ErrorCode::kInterrupted) return;
  WriteLog({prepared.step.migration->version, event::kFailed, static_cast<std::int64_t>(info.first_statement) + 1, {},
            prepared.step.down ? "down" : "up"});
}

void Runner::ThrowSetupFailure(const engine::Failure& failure) {
  ErrorInfo info = failure.error;
  info.code = ErrorCode::kTrackerUnusable;
  info.message = Cat("the tracker ", tracker_->table().text(), " cannot be made: ", failure.error.message);
  info.position = 0;
  info.state = "nothing was run";
  if (database_->Classify(failure.error) == engine::Refusal::kNoRight) {
    info.help = "grant the login CREATE on the schema, make the tracker as its owner, or name another with --tracker";
  }
  throw Error(std::move(info));
}

void Runner::ThrowFailure(const engine::Failure& failure, const Prepared& prepared, const engine::Unit& unit,
                          const UnitInfo& info) {
  connection_.set_stop_token({});
  if (info.setup) ThrowSetupFailure(failure);
  const PreparedStep& step = prepared.steps[unit.step];
  RecordFailure(failure, step, unit, info);
  ErrorInfo error = Explain(failure, step, unit, database_->Classify(failure.error), tracker_->table().text());
  const Version version = error.version.value_or(0);
  std::string state;
  if (step.section && !step.runnable.transaction) {
    state = info.first_statement > 0
                ? Cat("the statements of version ", version, " before it are done and will not run again; ")
                : Cat("version ", version, " runs without a transaction and none of its statements is done; ");
  } else {
    state = Cat("version ", version, step.step.down ? " is still applied, its down was rolled back; " : " was rolled back; ");
  }
  if (tracked_) state += Cat(DescribeApplied(Read().state, migrations()), "; ");
  error.state = state + "nothing else ran";
  if (error.help.empty()) {
    error.help = error.code == ErrorCode::kInterrupted
                     ? Cat("run 'godwit migrate ", step.step.down ? "down" : "up", "' again")
                     : Cat("fix the file and run 'godwit migrate ", step.step.down ? "down" : "up", "' again");
  }
  throw Error(std::move(error));
}

void Runner::Finish(Report& report) {
  const Reading reading = latest_ ? std::move(*latest_) : Read();
  latest_.reset();
  report.pending = CountPending(migrations(), reading.state);
  report.current = CurrentVersion(reading.state, tracker_->traits());
  report.warnings = warnings_;
}

Report Runner::Up(const Wish& wish) {
  Report report;
  Execute(wish, report);
  Finish(report);
  return report;
}

Report Runner::Down(const Wish& wish) { return Up(wish); }

Report Runner::Redo(bool untracked) {
  if (untracked) {
    Report report = RunUntracked({.kind = Wish::Kind::kDown, .steps = 1});
    const Report up = RunUntracked({.kind = Wish::Kind::kUp, .only = report.reverted.front().version});
    report.applied = up.applied;
    return report;
  }
  Report report;
  Execute({.kind = Wish::Kind::kDown, .steps = 1}, report);
  if (report.reverted.empty()) {
    throw Error(ErrorCode::kUnknownVersion, "nothing is applied, so there is nothing to do again");
  }
  Execute({.kind = Wish::Kind::kUp, .only = report.reverted.front().version}, report);
  Finish(report);
  return report;
}

Report Runner::Goto(Version version) {
  const bool known = (version == 0 && !tracker_->traits().is_counter) || (source_ && source_->Find(version));
  if (!known) throw Error(ErrorCode::kUnknownVersion, Cat("there is no migration ", version), "'godwit migrate status' lists them");
  Report report;
  Execute({.kind = Wish::Kind::kDown, .to = version}, report);
  Execute({.kind = Wish::Kind::kUp, .to = version}, report);
  Finish(report);
  return report;
}

}  // namespace godwit::migrate
