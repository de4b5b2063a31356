// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/database.h"
#include "godwit/migrator.h"
#include "migrate/adopt/adoption.h"
#include "migrate/adopt/reader.h"
#include "migrate/ledger.h"
#include "migrate/lock_patience.h"
#include "migrate/pending.h"
#include "migrate/source.h"
#include "migrate/tracker.h"
#include "migrate/units.h"

namespace godwit::migrate {

// The tracker and the log as they are now.
struct Reading {
  TrackerState state;
  LogState log;
  bool log_exists = false;
  // Whether the tracker's schema is there, where that was asked.
  std::optional<bool> schema_exists;
};

// How much a look at the tracker reads: what is applied, as a plan needs it;
// the log, too; and when each version was applied.
enum class Look { kForPlan, kWhole, kWithTimes };

// One file of a dry run.
struct DryRunLine {
  Version version = 0;
  std::string name;
  std::string module;
  std::optional<bool> ok;  // nothing: not tried
  std::optional<ErrorInfo> error;
  std::size_t statements = 0;
  std::chrono::microseconds duration{0};
  std::vector<engine::LockTaken> locks;  // PostgreSQL
};

// What is asked of `adopt`.
struct AdoptWish {
  std::string from;     // empty: found under the tools' default names
  std::string tracker;  // [SCHEMA.]TABLE; empty is the tool's default
  VersionMap map;
  bool consent = false;  // what needs an answer is answered with yes
  bool dry_run = false;
  bool drop_legacy = false;
  // Shown what would be done; false: nothing is done.
  std::function<bool(const LegacyPlace&, const Adoption&)> ask;
};

// What `adopt` found and did.
struct Adopted {
  LegacyPlace place;  // without a tool: none was found
  Adoption adoption;
  bool was_applied = false;  // the applied set was not empty: nothing was done
  bool declined = false;
  bool dropped = false;
};

// What `handback` did.
struct HandedBack {
  LegacyPlace place;
  HandBack plan;
};

// The line of one that was not tried.
DryRunLine NotTried(const Migration& migration);

// Runs migrations on one connection: read, plan, lock, read and plan again,
// execute, report what the tracker says.
class Runner {
 public:
  // `source` may be null where no files are looked at (version, force).
  Runner(Connection& connection, const Source* source,
         const MigrateOptions& options, Environment environment);
  ~Runner();

  Report Up(const Wish& wish);
  Report Down(const Wish& wish);
  // The newest migration down and up again; untracked: the last file.
  Report Redo(bool untracked = false);
  Report Goto(Version version);
  std::vector<DryRunLine> DryRun(const Wish& wish);
  // What a run would find: the versions that are applied, and those of its
  // steps, in order. Throws what the run would refuse.
  struct Outlook {
    std::set<Version> applied;
    std::vector<const Migration*> steps;
  };
  Outlook LookAhead(const Wish& wish);
  // Runs files without a tracker: `up` all in order, `down` in reverse.
  Report RunUntracked(const Wish& wish);

  // Records every version up to this one as applied without running it.
  Report Baseline(Version version);
  // Sets a counter; nothing: empties it. Only for the kind golang-migrate.
  void Force(std::optional<Version> version);
  // Records a changed or renamed file as it is now.
  void Accept(Version version);
  // The operator's word on a cut-off migration without a transaction.
  void Resolve(Version version, bool applied);

  // Takes another tool's tracker over into an applied set that is empty. Throws
  // Error kLegacyDirty, kLegacyAmbiguous or kUnsupported where it cannot be.
  Adopted Adopt(const AdoptWish& wish);
  // Makes another tool's tracker say what the applied set says.
  HandedBack GiveBack(const std::string& tool, const std::string& table,
                      bool dry_run);
  // The format of the files that an adoption saw; nothing: there was none.
  std::optional<FormatKind> FormatAdopted();
  // Other tools' trackers under their default names.
  std::vector<LegacyPlace> FindLegacyTrackers();

  Reading Read(Look look = Look::kWhole);
  // Asks now what the first Read asks, which finds the answers then: for who
  // has other things to do meanwhile. The source may still be missing. Other
  // runs may go on in between, as they may behind a Read; what is done is
  // decided under the lock.
  void ReadAhead(Look look);
  void set_source(const Source* source) { source_ = source; }
  const Tracker& tracker() const { return *tracker_; }
  std::string_view engine_name() const { return database_->engine_name(); }
  engine::Database& database() { return *database_; }
  const std::vector<Migration>& migrations() const;
  Policy policy() const;

 private:
  class Told;  // the observer

  struct Prepared {
    std::vector<PreparedStep> steps;
    std::optional<ErrorInfo> stop;
  };

  LogState ReadLog();
  Plan MakePlan(const Wish& wish, const TrackerState& state) const;
  const ParsedMigration& Parse(const Migration& migration);
  Prepared Prepare(const Plan& plan, const Wish& wish);
  // Adds the files that run before the steps and after them, as far as they are
  // due.
  void AddScripts(const Wish& wish, const Reading& reading,
                  const Report& report, Prepared& prepared);
  PreparedStep PrepareScript(const Migration& script);
  bool HasScripts(const Wish& wish) const;
  static bool HasUntransacted(const Prepared& prepared);
  void CheckWritable();
  [[noreturn]] static void RefuseReadOnly(const std::string& reason);
  // A run's two ends: the lock and what is read under it, in one round trip
  // where nobody else holds it; and what the tracker says when it is released.
  Reading BeginRun();
  Reading EndRun();
  std::vector<engine::Answer> Ask(Look look);
  // What was read last, where nothing was written since; else reads.
  Reading Latest();
  std::vector<Connection::Query> ReadQueries() const;
  Reading Interpret(std::span<const engine::Answer> answers);
  [[noreturn]] void ThrowUnreadable(ErrorInfo info, const std::string& table);
  [[noreturn]] void RefuseTracker(ErrorInfo info);
  std::vector<Connection::Query> SetupQueries(const Reading& reading,
                                              bool needs_log);
  void AddSetup(const Reading& reading, Units& units);
  void Warn(const std::string& text);
  void Execute(const Wish& wish, Report& report);
  bool ExecuteBatch(Wish& rest, Report& report, int& attempt);
  engine::RunResult RunOrLose(std::span<const engine::Unit> units,
                              engine::Observer& observer);
  bool RunUnits(const Prepared& prepared, const Units& units, Report& report,
                int& attempt);
  // After a unit that did not get its locks: pauses, and clears away what it
  // has left.
  enum class AfterGivingWay { kAgain, kOver, kFail };
  AfterGivingWay GiveWay(const ErrorInfo& error, const engine::Unit& unit,
                         std::size_t number, LockPatience& patience);
  engine::Failure AsStopped(engine::Failure failure) const;
  bool Pause(std::chrono::milliseconds time);
  engine::Fate SettlePatiently(const sql::StatementView& statement,
                               LockPatience& patience);
  void TellBlocked(const std::string& text);
  [[noreturn]] void ThrowFailure(const engine::Failure& failure,
                                 const Prepared& prepared,
                                 const engine::Unit& unit,
                                 const UnitInfo& info);
  [[noreturn]] void ThrowSetupFailure(const engine::Failure& failure);
  void RecordFailure(const engine::Failure& failure, const PreparedStep& step,
                     const engine::Unit& unit, const UnitInfo& info);
  // What a run that was cut off has left is looked up in the catalog, before
  // the statement is run again. Returns whether the log says more now.
  bool Settle(const Prepared& prepared, const LogState& log);
  bool SettleStep(const PreparedStep& step, const Unfinished& unfinished);
  void WriteLog(const Ledger::Entry& entry);
  // Throws Error(kRenamed) where the list of modules is not the one of those
  // who applied them.
  void CheckModules(const TrackerState& state) const;
  // Writes rows under the run's lock, making the tracker where it is missing.
  void WriteRows(
      const std::function<std::vector<Connection::Query>(const Reading&)>& rows,
      bool needs_log);
  LegacyPlace Locate(const AdoptWish& wish);
  Adoption PlanAdoptionOf(const LegacyPlace& place, const AdoptWish& wish);
  Adopted DropAdopted(const AdoptWish& wish, const Reading& reading);
  std::vector<Connection::Query> AdoptionRows(const Adopted& adopted,
                                              const AdoptWish& wish,
                                              const Reading& reading);
  std::vector<Connection::Query> HandBackRows(const HandedBack& back);
  Connection::Query Note(const LegacyPlace& place, std::string_view event);
  void HoldLocksOf(const LegacyPlace& place);
  bool AdoptAtStart(const TrackerState& state, Report& report);
  void ImagineAdoption(TrackerState& state);
  void Finish(Report& report);
  engine::LockRequest MakeLockRequest();

  Connection& connection_;
  const Source* source_;
  MigrateOptions options_;
  Environment environment_;
  std::unique_ptr<engine::Database> database_;
  std::unique_ptr<Tracker> tracker_;
  std::unique_ptr<Ledger> ledger_;
  std::map<const Migration*, ParsedMigration> parsed_;
  std::optional<Reading> latest_;  // nothing was written since
  struct Ahead {
    Look look;
    std::vector<engine::Answer> answers;
  };
  std::optional<Ahead> ahead_;
  bool log_seen_ = false;  // by the last reading that asked for it
  std::vector<std::int64_t>
      legacy_keys_;  // of the tool that is taken over from
  std::vector<std::string> warnings_;
  std::set<const Migration*> scripts_run_;  // of this run
  const Step* at_work_ = nullptr;  // what the server works on, as far as known
  std::string last_blocker_;       // what was told last of who holds a lock
  std::string tried_;              // how often a lock was asked for in vain
  bool without_transaction_ = false;  // a migration of this run has none
  bool tracked_ = true;               // false: --no-versioning
};

}  // namespace godwit::migrate
