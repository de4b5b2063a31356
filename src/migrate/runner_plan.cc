// SPDX-License-Identifier: Apache-2.0
// What is known before anything runs: the tracker's rows, the plan, the files.
#include "base/text.h"
#include "migrate/progress.h"
#include "migrate/runner.h"

namespace godwit::migrate {

namespace {

Connection::Query Plain(std::string sql) {
  return {std::move(sql), {}};
}

}  // namespace

// The log stands beside the tracker, and a login may have rights on one alone.
LogState Runner::ReadLog() {
  try {
    return Ledger::Interpret(database_->Read(std::vector{ledger_->Read()})[0]);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kConnectFailed ||
        error.code() == ErrorCode::kInterrupted)
      throw;
    ThrowUnreadable(error, ledger_->table().text());
  }
}

void Runner::ThrowUnreadable(const Error& error, const std::string& table) {
  ErrorInfo info = error.info();
  info.code = ErrorCode::kTrackerUnusable;
  info.message = Cat("the tracker ", table, " cannot be read: ", error.what());
  info.position = 0;
  if (database_->Classify(error.info()) == engine::Refusal::kNoRight)
    info.help = Cat("grant the login SELECT on ", table,
                    ", and INSERT, UPDATE and DELETE if it shall migrate");
  throw Error(std::move(info));
}

void Runner::ThrowUntracked(const Error& error) {
  std::vector<std::string> expected(tracker_->columns().begin(),
                                    tracker_->columns().end());
  ErrorInfo info = error.info();
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

Reading Runner::Read() {
  Reading reading;
  const Connection::Query queries[] = {
      Plain(tracker_->ReadQuery()),
      database_->TableExistsQuery(ledger_->table())};
  try {
    const std::vector<Result> results = database_->Read(queries);
    reading.state = tracker_->Interpret(results[0]);
    reading.log_exists = results[1].Get<bool>(0, 0);
  } catch (const Error& error) {
    const engine::Refusal refusal = database_->Classify(error.info());
    if (error.code() == ErrorCode::kConnectFailed ||
        error.code() == ErrorCode::kInterrupted)
      throw;
    if (refusal == engine::Refusal::kMissingColumn ||
        error.code() == ErrorCode::kInternal)
      ThrowUntracked(error);
    if (refusal != engine::Refusal::kMissingTable)
      ThrowUnreadable(error, tracker_->table().text());
  }
  if (reading.log_exists) reading.log = ReadLog();
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

bool Runner::HasUntransacted(const Prepared& prepared) {
  return std::any_of(prepared.steps.begin(), prepared.steps.end(),
                     [](const PreparedStep& step) {
                       return step.section && !step.runnable.transaction;
                     });
}

void Runner::CheckWritable() {
  const std::string reason = database_->ReadOnlyReason();
  if (reason.empty()) return;
  ErrorInfo info =
      Error(ErrorCode::kTrackerUnusable,
            Cat("nothing can be migrated: ", reason),
            "connect to the primary, or to a database that can be written")
          .info();
  info.state = "nothing was run";
  throw Error(std::move(info));
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
        !database_->SchemaExists(schema)) {
      queries.push_back(
          Plain(Cat("CREATE SCHEMA ", database_->dialect().Quote(schema))));
    }
    for (std::string& sql : tracker_->Create())
      queries.push_back(Plain(std::move(sql)));
  }
  if (needs_log && !reading.log_exists) {
    const Connection::Query exists[] = {
        database_->TableExistsQuery(ledger_->table())};
    if (reading.state.exists || !database_->Read(exists)[0].Get<bool>(0, 0))
      queries.push_back(Plain(ledger_->Create()));
  }
  return queries;
}

}  // namespace godwit::migrate
