// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "godwit/log.h"
#include "godwit/migrations.h"

namespace godwit {

// Whose table says what is applied. Each kind has that tool's own shape, name
// and order, so that the tool and godwit can take turns on one database.
enum class TrackerKind { kAppliedSet, kGoose, kGolangMigrate, kDbmate };

enum class OutOfOrder { kApply, kRefuse };
enum class OnDrift { kRefuse, kWarn };
enum class OnMissing { kWarn, kRefuse };

// What a run tells while it works.
struct Progress {
  enum class Kind {
    kWaiting,   // for the run's lock; text says who holds it
    kBlocked,   // each second while the migration's statement waits for a lock;
                // text says for which, and who holds it; or that its
                // transaction was rolled back and is tried again
    kStarted,   // a migration's first statement was sent
    kFinished,  // a migration is in the database, or will be with its run's
                // commit
    kWarning,   // text
    kAdopted,   // another tool's tracker was taken over; text says what
    kScript,    // a file of Migrations::pre or ::post was run; its name
  };
  Kind kind = Kind::kStarted;
  std::int64_t version = 0;
  std::string_view name;
  std::string_view module;
  bool down = false;
  std::size_t number = 0;  // of the step, from 1
  std::size_t total = 0;
  std::size_t statements = 0;             // kFinished: how many ran
  std::chrono::microseconds duration{0};  // kFinished
  std::string_view text;
};

// Another tool's tracker, to be taken over before the first migration. Naming
// it here is consent: nobody is asked.
struct Adopt {
  std::string from;     // "golang-migrate", "goose", "dbmate", "flyway", …
  std::string tracker;  // [SCHEMA.]TABLE; empty is the tool's default
};

struct MigrateOptions {
  std::string tracker;  // [SCHEMA.]TABLE; empty is the kind's default
  TrackerKind tracker_kind = TrackerKind::kAppliedSet;
  // A file below the newest applied version. Not set: apply for the applied set
  // and dbmate, refuse for goose and golang-migrate.
  std::optional<OutOfOrder> out_of_order;
  OnDrift on_drift = OnDrift::kRefuse;  // a file changed after it was applied
  OnMissing on_missing = OnMissing::kWarn;  // an applied version has no file
  // For the run's lock; and, from the first time that a migration does not get
  // a lock within lock_timeout, how long it is tried again.
  std::chrono::milliseconds lock_wait{60'000};
  std::chrono::milliseconds lock_timeout{
      3'000};  // for each statement; 0 waits for ever
  // PostgreSQL: how long a statement may run; 0: as the server has it.
  std::chrono::milliseconds statement_timeout{0};
  // With an applied set that is empty: takes over that tracker first, under the
  // same lock, once. A tracker that is missing or empty is a database without
  // history; one that is dirty is Error(kLegacyDirty).
  std::optional<Adopt> adopt;
  // Numbers for versions that are texts: Flyway's files V1_2__x.sql are "1.2",
  // and so are their rows. Nothing leaves a row of `adopt`'s tracker out.
  std::map<std::string, std::optional<std::int64_t>, std::less<>> version_map;
  std::string role;  // PostgreSQL: SET ROLE before each migration's statements

  std::optional<std::int64_t>
      to;  // this version is the last one applied (or kept)
  std::optional<std::size_t> steps;  // at most so many migrations

  std::function<void(const Progress&)> on_progress;
  // The same in words, and on a connection of its own what the server has to
  // say (RAISE NOTICE).
  Logger logger;
  std::stop_token
      stop;  // cancels what runs; Error(kInterrupted) says what is applied
};

struct MigratedStep {
  std::int64_t version = 0;
  std::string name;
  std::string module;
  std::size_t statements = 0;
  std::chrono::microseconds duration{0};
};

// What a run did, and what the tracker says after it.
struct Report {
  std::vector<MigratedStep> applied;
  std::vector<MigratedStep> reverted;
  std::size_t adopted = 0;   // versions taken over from another tool
  std::size_t pending = 0;   // migrations that are still to be applied
  std::int64_t current = 0;  // the newest applied version; 0 is none
  std::vector<std::string> warnings;
};

// Applies what is pending, ascending, each migration whole or not at all, and
// returns what the tracker says then. Runs Migrations::pre before and ::post
// after them, unless there is nothing to apply and they are as they were run
// last; ::post waits for a run that leaves nothing pending. Safe to call again,
// and from many processes at once: one migrates, the others wait and find
// nothing to do. Throws Error; its state() says what is applied.
Report Migrate(std::string_view dsn, const Migrations& migrations,
               const MigrateOptions& options = {});
Report Migrate(Connection& connection, const Migrations& migrations,
               const MigrateOptions& options = {});

// The same for a program's start from nothing: waits for the database first, no
// longer than `patience`, where its server does not answer yet. Throws Error,
// of the server that did not answer in time kConnectFailed.
Report InitDatabase(
    std::string_view dsn, const Migrations& migrations,
    const MigrateOptions& options = {},
    std::chrono::milliseconds patience = std::chrono::seconds(30));

// Reverts applied migrations, the newest first: one, or as options.to and
// options.steps say. Throws Error(kNoDown) before anything runs where one of
// them cannot be reverted.
Report Rollback(std::string_view dsn, const Migrations& migrations,
                const MigrateOptions& options = {});
Report Rollback(Connection& connection, const Migrations& migrations,
                const MigrateOptions& options = {});

// What the applied set and the files say of each other, by version.
struct Verification {
  std::vector<std::int64_t> pending;  // files that are not applied
  std::vector<std::int64_t> missing;  // those of them below the newest applied
  std::vector<std::int64_t> orphans;  // applied versions without a file
  std::vector<std::int64_t> drifted;  // changed or renamed since they were
                                      // applied

  // The two are equal, in both directions.
  bool ok() const {
    return pending.empty() && orphans.empty() && drifted.empty();
  }
};

// Compares them; changes nothing. For a check after migrating: an Ok here, and
// the program runs on the schema that it was built with.
Verification Verify(std::string_view dsn, const Migrations& migrations,
                    const MigrateOptions& options = {});
Verification Verify(Connection& connection, const Migrations& migrations,
                    const MigrateOptions& options = {});

}  // namespace godwit
