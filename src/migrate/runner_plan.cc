// SPDX-License-Identifier: Apache-2.0
// What is known before anything runs: the tracker's rows, the plan, the files.
#include <utility>

#include "base/text.h"
#include "migrate/progress.h"
#include "migrate/runner.h"

namespace godwit::migrate {

namespace {

Connection::Query Plain(std::string sql) {
  return {std::move(sql), {}};
}

// What reading asks, in this order. The log only where it was seen: its table
// is made when it is needed.
enum Asked : std::size_t { kTracker, kLogExists, kSchemaExists, kLog };

}  // namespace

std::vector<Connection::Query> Runner::ReadQueries() const {
  std::vector<Connection::Query> queries = {
      Plain(tracker_->ReadQuery(Times::kLeft)),
      database_->TableExistsQuery(ledger_->table()),
      database_->SchemaExistsQuery(tracker_->table().schema)};
  if (log_seen_) queries.push_back(ledger_->Read());
  return queries;
}

// One transaction: the tracker's first error ends it.
std::vector<engine::Answer> Runner::Ask(Look look) {
  const Times times = look == Look::kWithTimes ? Times::kRead : Times::kLeft;
  std::vector<Connection::Query> queries = {Plain(tracker_->ReadQuery(times))};
  // A counter alone does not say what is applied.
  if (look != Look::kForPlan || tracker_->traits().is_counter)
    queries.push_back(database_->TableExistsQuery(ledger_->table()));
  std::vector<engine::Answer> answers;
  try {
    for (Result& rows : database_->Read(queries))
      answers.push_back({std::move(rows), {}});
  } catch (const Error& error) {
    answers.push_back({{}, error.info()});
  }
  return answers;
}

void Runner::ReadAhead(Look look) {
  ahead_ = Ahead{look, Ask(look)};
}

Reading Runner::Read(Look look) {
  const std::optional<Ahead> ahead = std::exchange(ahead_, std::nullopt);
  return Interpret(ahead && ahead->look == look ? ahead->answers : Ask(look));
}

Reading Runner::Latest() {
  return latest_ ? *std::exchange(latest_, std::nullopt) : Read(Look::kForPlan);
}

Reading Runner::BeginRun() {
  ahead_.reset();
  engine::RunStart start =
      database_->Begin({options_.lock_timeout, options_.statement_timeout},
                       MakeLockRequest(), ReadQueries());
  if (!start.read_only_reason.empty()) RefuseReadOnly(start.read_only_reason);
  return Interpret(start.answers);
}

Reading Runner::EndRun() {
  return Interpret(database_->End(ReadQueries()));
}

// The log stands beside the tracker, and a login may have rights on one alone.
LogState Runner::ReadLog() {
  try {
    return Ledger::Interpret(database_->Read(std::vector{ledger_->Read()})[0]);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kConnectFailed ||
        error.code() == ErrorCode::kInterrupted)
      throw;
    ThrowUnreadable(error.info(), ledger_->table().text());
  }
}

void Runner::ThrowUnreadable(ErrorInfo info, const std::string& table) {
  if (database_->Classify(info) == engine::Refusal::kNoRight)
    info.help = Cat("grant the login SELECT on ", table,
                    ", and INSERT, UPDATE and DELETE if it shall migrate");
  info.code = ErrorCode::kTrackerUnusable;
  info.message = Cat("the tracker ", table, " cannot be read: ", info.message);
  info.position = 0;
  throw Error(std::move(info));
}

// Anything but a table that is missing: it cannot be read, or is another one.
void Runner::RefuseTracker(ErrorInfo info) {
  const bool shape =
      database_->Classify(info) == engine::Refusal::kMissingColumn ||
      info.code == ErrorCode::kInternal;
  if (!shape) ThrowUnreadable(std::move(info), tracker_->table().text());
  const std::vector<std::string> expected(tracker_->columns().begin(),
                                          tracker_->columns().end());
  info.code = ErrorCode::kTrackerUnusable;
  info.message =
      Cat("the table ", tracker_->table().text(), " is no tracker of the kind ",
          tracker_->kind_name(), ": it has the columns ",
          Join(database_->Columns(tracker_->table()), ", "),
          " and should have ", Join(expected, ", "));
  info.help =
      "name another table with --tracker, or its kind with --tracker-kind";
  info.position = 0;
  throw Error(std::move(info));
}

Reading Runner::Interpret(std::span<const engine::Answer> answers) {
  for (const engine::Answer& answer : answers) {
    if (answer.error && (answer.error->code == ErrorCode::kConnectFailed ||
                         answer.error->code == ErrorCode::kInterrupted))
      throw Error(*answer.error);
  }
  Reading reading;
  const auto is_there = [&](std::size_t index) {
    return index < answers.size() && !answers[index].error;
  };
  const engine::Answer& tracker = answers[kTracker];
  if (!tracker.error) {
    try {
      reading.state = tracker_->Interpret(tracker.rows);
    } catch (const Error& error) {
      RefuseTracker(error.info());
    }
  } else if (database_->Classify(*tracker.error) !=
             engine::Refusal::kMissingTable) {
    RefuseTracker(*tracker.error);
  }
  if (is_there(kLogExists))
    reading.log_exists = answers[kLogExists].rows.Get<bool>(0, 0);
  if (is_there(kSchemaExists))
    reading.schema_exists = answers[kSchemaExists].rows.Get<bool>(0, 0);
  if (reading.log_exists) {
    reading.log =
        is_there(kLog) ? Ledger::Interpret(answers[kLog].rows) : ReadLog();
  }
  if (is_there(kLogExists)) log_seen_ = reading.log_exists;
  if (tracker_->traits().is_counter)
    ResolveCounter(reading.state, reading.log, migrations());
  reading.state.Index();
  return reading;
}

Plan Runner::MakePlan(const Wish& wish, const TrackerState& state) const {
  return Pending(migrations(), state, tracker_->traits(),
                 tracker_->table().text(), wish, policy());
}

const ParsedMigration& Runner::Parse(const Migration& migration) {
  const auto found = parsed_.find(&migration);
  if (found != parsed_.end()) return found->second;
  auto parsed = migration.format->parse(
      migration, database_->dialect().lexicon(), environment_);
  return parsed_.emplace(&migration, std::move(parsed)).first->second;
}

// Everything that can be said about the files of a plan before one of them
// runs.
Runner::Prepared Runner::Prepare(const Plan& plan, const Wish& wish) {
  Prepared prepared;
  prepared.stop = plan.stop;
  prepared.steps.reserve(plan.steps.size());
  for (const Step& step : plan.steps) {
    PreparedStep& next = prepared.steps.emplace_back();
    next.step = step;
    if (!step.migration) continue;
    const ParsedMigration& parsed = Parse(*step.migration);
    next.section = step.down ? &parsed.down : &parsed.up;
    if (step.down && !next.section->present) {
      // Where up did nothing there is nothing to revert.
      if (!wish.forget && !parsed.up.statements.empty()) {
        ErrorInfo info = Error(ErrorCode::kNoDown,
                               Cat(Name(*step.migration),
                                   " cannot be reverted: it has no down"),
                               "write one, or take its row away with 'godwit "
                               "migrate down --forget'")
                             .info();
        info.version = step.migration->version;
        info.where.file = step.migration->path();
        info.state = "nothing was run";
        throw Error(std::move(info));
      }
      next.section = nullptr;
      continue;
    }
    next.runnable =
        Check(*next.section, *step.migration->format, *step.migration);
    if (!step.down && tracked_ && !next.runnable.refusal) {
      const auto* drop =
          FindTrackerDrop(next.runnable.body, database_->dialect().lexicon(),
                          tracker_->table());
      if (drop)
        next.runnable.refusal = RefuseTrackerDrop(
            *next.section, *drop, *step.migration, tracker_->table().text());
    }
    if (!next.runnable.refusal) continue;
    ErrorInfo refusal = *next.runnable.refusal;
    const bool late = tracker_->traits().runs_up_to_a_refused_file &&
                      refusal.code == ErrorCode::kUnsupported;
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

bool Runner::HasScripts(const Wish& wish) const {
  return tracked_ && wish.kind == Wish::Kind::kUp && source_ &&
         !(source_->pre().empty() && source_->post().empty());
}

PreparedStep Runner::PrepareScript(const Migration& script) {
  PreparedStep step;
  step.step.migration = &script;
  step.section = &Parse(script).up;
  step.runnable = Check(*step.section, *script.format, script);
  if (!step.runnable.refusal) return step;
  ErrorInfo refusal = *step.runnable.refusal;
  refusal.version.reset();
  refusal.state = "nothing was run";
  throw Error(std::move(refusal));
}

// What a migration builds anew has lost what the files after it made; where
// nothing was migrated only a changed file has something to say.
void Runner::AddScripts(const Wish& wish, const Reading& reading,
                        const Report& report, Prepared& prepared) {
  if (!HasScripts(wish)) return;
  const bool migrates = !prepared.steps.empty();
  const bool migrated = migrates || !report.applied.empty();
  std::vector<PreparedStep> steps;
  const auto add = [&](const Migration& script, bool due) {
    if (scripts_run_.contains(&script)) return;
    if (due || !reading.log.WasRun(script))
      steps.push_back(PrepareScript(script));
  };
  for (const Migration& script : source_->pre()) add(script, migrates);
  const std::size_t left = CountPending(migrations(), reading.state);
  const bool is_last = !prepared.stop && left == prepared.steps.size();
  for (PreparedStep& step : prepared.steps) steps.push_back(std::move(step));
  for (const Migration& script : source_->post()) {
    if (is_last) add(script, migrated);
  }
  if (!is_last && migrated && !source_->post().empty())
    Warn(Cat(source_->post().front().path(),
             " does not run while migrations are pending"));
  prepared.steps = std::move(steps);
}

bool Runner::HasUntransacted(const Prepared& prepared) {
  return std::any_of(prepared.steps.begin(), prepared.steps.end(),
                     [](const PreparedStep& step) {
                       return step.section && !step.runnable.transaction;
                     });
}

void Runner::RefuseReadOnly(const std::string& reason) {
  ErrorInfo info =
      Error(ErrorCode::kTrackerUnusable,
            Cat("nothing can be migrated: ", reason),
            "connect to the primary, or to a database that can be written")
          .info();
  info.state = "nothing was run";
  throw Error(std::move(info));
}

void Runner::CheckWritable() {
  const std::string reason = database_->ReadOnlyReason();
  if (!reason.empty()) RefuseReadOnly(reason);
}

engine::LockRequest Runner::MakeLockRequest() {
  engine::LockRequest request;
  request.keys = {tracker_->LockKey()};
  for (std::int64_t key : tracker_->ForeignLockKeys(database_->database_name()))
    request.keys.push_back(key);
  for (std::int64_t key : legacy_keys_) request.keys.push_back(key);
  request.wait = options_.lock_wait;
  request.stop = options_.stop;
  request.whole_run = without_transaction_;
  request.on_wait = [this](const std::string& holder) {
    Progress progress;
    progress.kind = Progress::Kind::kWaiting;
    progress.text = holder;
    Tell(options_, progress);
  };
  return request;
}

// What makes the tracker and the log where they are missing. Schemas and tables
// are looked for first: IF NOT EXISTS asks for rights even where they exist.
std::vector<Connection::Query> Runner::SetupQueries(const Reading& reading,
                                                    bool needs_log) {
  std::vector<Connection::Query> queries;
  if (!reading.state.exists) {
    const std::string& schema = tracker_->table().schema;
    if (!schema.empty() && tracker_->traits().makes_its_schema &&
        reading.schema_exists == false) {
      queries.push_back(
          Plain(Cat("CREATE SCHEMA ", database_->dialect().Quote(schema))));
    }
    for (std::string& sql : tracker_->Create())
      queries.push_back(Plain(std::move(sql)));
  }
  if (needs_log && !reading.log_exists)
    queries.push_back(Plain(ledger_->Create()));
  return queries;
}

}  // namespace godwit::migrate
