// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialect.h"
#include "engine/run.h"
#include "godwit/connection.h"

namespace godwit::engine {

// What kind of no the database said, as far as a runner acts on it.
enum class Refusal {
  kMissingTable,
  kMissingColumn,
  kNoRight,
  kReadOnly,
  kLockTimeout,
  kAlreadyThere,  // a key or an object exists
  kOther,
};

// What became of a statement outside of a transaction whose run was cut off.
enum class Fate {
  kDone,
  kFinished,  // it was half done, and is done now
  kTryAgain,  // it was not done, or may be done twice
  kUnknown,   // only a person can tell
};

// What a query came to that others do not depend on.
struct Answer {
  Result rows;
  std::optional<ErrorInfo> error;
};

// How the lock of a run is taken.
struct LockRequest {
  std::vector<std::int64_t>
      keys;  // ours first, then those of the tracker's own tool
  std::chrono::milliseconds wait{60'000};
  std::function<void(const std::string& holder)>
      on_wait;  // each second while it waits
  std::stop_token stop;
  // A migration of the run has no transaction: others are kept out between its
  // statements, too, until Unlock.
  bool whole_run = false;
};

// What the start of a run found.
struct RunStart {
  std::string read_only_reason;  // not empty: nothing else was done
  std::vector<Answer> answers;   // one a query, read under the lock
};

// A live database as the migration runner needs it.
class Database {
 public:
  virtual ~Database() = default;
  virtual const Dialect& dialect() const = 0;
  virtual std::string_view engine_name() const = 0;
  // 15; 0 where the engine is part of the program.
  virtual int major_version() const = 0;
  // The statement that makes what another database's error says is missing and
  // this one's server has: a role, without password and rights. Empty: none.
  virtual std::string MakesMissing(const ErrorInfo& error) = 0;

  // The schema that new tables get; empty where there is none.
  virtual std::string CurrentSchema() = 0;
  // One round trip. Throws the first error.
  virtual std::vector<Result> Read(
      std::span<const Connection::Query> queries) = 0;
  virtual Refusal Classify(const ErrorInfo& error) const = 0;
  virtual std::vector<std::string> Columns(const TableName& table) = 0;
  // Queries that tell whether a thing is there: one row, one boolean.
  virtual Connection::Query SchemaExistsQuery(
      const std::string& schema) const = 0;
  virtual Connection::Query TableExistsQuery(const TableName& table) const = 0;
  // The database's name as other tools hash it into their locks; empty: none.
  virtual std::string database_name() const = 0;
  // Why nothing can be written, or empty.
  virtual std::string ReadOnlyReason() = 0;
  // The settings that migrations run with. Before the first Run.
  virtual void Prepare(const RunSettings& settings) = 0;

  // From now on `tell` hears each second who holds the lock that a statement
  // waits for: "the lock … on …, held by pid 7, …". Where an engine cannot know
  // it says nothing.
  virtual void WatchBlockers(std::function<void(const std::string&)>) {}
  // Whether the same may work when others have let go of their locks: a lock's
  // timeout, a deadlock. What ran in a transaction is rolled back then.
  virtual bool MayTryAgain(const ErrorInfo&) const { return false; }

  // Takes the run's lock: by trying and waiting, never by a blocking call.
  // Throws Error(kRunLockTimeout) naming the holder. On SQLite the lock is the
  // write transaction that Run goes on with.
  virtual void Lock(const LockRequest& request) = 0;
  virtual void Unlock() noexcept = 0;

  // A run's start: ReadOnlyReason; Prepare, where it was not called yet; Lock;
  // and then the queries, each on its own. One round trip where the lock is
  // free. Throws what Prepare and Lock throw.
  virtual RunStart Begin(const RunSettings& settings,
                         const LockRequest& request,
                         std::span<const Connection::Query> queries) = 0;
  // Its end, in one round trip: Unlock, and then the queries, each on its own.
  // What Prepare has set is put back here or by Restore.
  virtual std::vector<Answer> End(
      std::span<const Connection::Query> queries) = 0;

  // How many of the units, from the first, may run under one lock. The caller
  // then unlocks, locks and plans again.
  virtual std::size_t BatchSize(std::span<const Unit> units) const = 0;
  // Executes the units in order until one fails. Never throws for an SQL error.
  virtual RunResult Run(std::span<const Unit> units, Observer& observer) = 0;
  // Looks what has become of such a statement, and clears away the half that it
  // may have left. Under the run's lock.
  virtual Fate Settle(const sql::StatementView&) { return Fate::kTryAgain; }
  // Runs every unit in one transaction that is rolled back, and stops at the
  // first failure. Units that need a commit, or no transaction, end it: they
  // and all after them are not tried.
  virtual std::vector<DryRunResult> DryRun(std::span<const Unit> units) = 0;
  // Puts back what Prepare and the migrations changed in the session.
  virtual void Restore() noexcept = 0;
};

std::unique_ptr<Database> Open(Connection& connection);
const Dialect& DialectFor(EngineKind kind);

}  // namespace godwit::engine
