// SPDX-License-Identifier: Apache-2.0
#include "cli/flags.h"

namespace godwit::cli {

std::span<const FlagRow> FlagTable() {
  static constexpr FlagRow kRows[] = {
      {"-c,--config", "FILE",
       "the project file (default: godwit.yaml here or in a parent)", kEvery,
       &Flags::config},
      {"--env", "NAME", "the entry of 'environments:' to use", kEvery,
       &Flags::env},
      {"--url,--db-dsn", "DSN",
       "the database; beats the project file, GODWIT_URL and DATABASE_URL",
       kEvery, &Flags::url},
      {"--engine", "NAME", "postgresql or sqlite, where nothing else tells it",
       kEvery, &Flags::engine},
      {"--json", "", "one JSON document on standard output", kEvery,
       &Flags::json},
      {"--no-color", "", "plain text", kEvery, &Flags::no_color},
      {"-q,--quiet", "", "less on standard error", kEvery, &Flags::quiet},
      {"-v,--verbose", "", "more on standard error", kEvery, &Flags::verbose},
      {"-h,--help", "", "this text", kEvery, &Flags::help},
      {"--dir", "DIR", "the folder of the migrations", kMigrate, &Flags::dir},
      {"--format", "NAME",
       "auto, goose, pairs, dbmate or plain (default: auto)", kMigrate,
       &Flags::format},
      {"--tracker", "TABLE", "[SCHEMA.]TABLE that says what is applied",
       kMigrate, &Flags::tracker},
      {"--tracker-kind", "KIND", "applied-set, goose, golang-migrate or dbmate",
       kMigrate, &Flags::tracker_kind},
      {"--out-of-order", "WHAT",
       "apply or refuse a file below the newest applied version", kMigrate,
       &Flags::out_of_order},
      {"--on-drift", "WHAT", "refuse or warn where an applied file has changed",
       kMigrate, &Flags::on_drift},
      {"--on-missing", "WHAT",
       "warn or refuse where an applied version has no file", kMigrate,
       &Flags::on_missing},
      {"--lock-wait", "DURATION",
       "how long to wait for another run (default: 60s)", kMigrate,
       &Flags::lock_wait},
      {"--lock-timeout", "DURATION",
       "how long a statement waits for a lock (default: 3s; 0: for ever)",
       kMigrate, &Flags::lock_timeout},
      {"--no-versioning", "", "run the files and touch no tracker", kMigrate,
       &Flags::no_versioning},
      {"--to", "VERSION", "the last version to apply, or to keep", kTo,
       &Flags::to},
      {"--steps", "N", "at most so many migrations", kSteps, &Flags::steps},
      {"--all", "", "every applied migration", kAll, &Flags::all},
      {"--forget", "", "take only the row away where a file has no down",
       kForget, &Flags::forget},
      {"--dry-run", "", "run what is pending and roll it back", kDryRun,
       &Flags::dry_run},
      {"--on", "WHERE", "where to try: target", kDryRun, &Flags::on},
      {"--check", "", "exit status 3 where something is pending", kCheck,
       &Flags::check},
      {"--accept", "VERSION", "record the file of this version as it is now",
       kAccept, &Flags::accept},
      {"--timeout", "DURATION", "how long to wait (default: 30s)", kTimeout,
       &Flags::timeout},
      {"--as", "WHAT", "applied or pending", kAs, &Flags::as},
  };
  return kRows;
}

bool Takes(std::uint32_t command_flags, const FlagRow& row) {
  return row.set == kEvery || (command_flags & row.set) != 0;
}

}  // namespace godwit::cli
