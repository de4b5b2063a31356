// SPDX-License-Identifier: Apache-2.0
#include "command/flags.h"

#include <algorithm>

namespace godwit::command {

namespace {

constexpr FlagRow kRows[] = {
    {"-c,--config", "FILE",
     "the project file (default: godwit.yaml here or in a parent)", kProject,
     &Flags::config},
    {"--env", "NAME", "the entry of 'environments:' to use", kProject,
     &Flags::env},
    {"--url,--db-dsn",
     "DSN",
     "the database; beats the project file, GODWIT_URL and DATABASE_URL",
     kEvery,
     &Flags::url,
     {},
     "the database, instead of the program's own"},
    {"--engine", "NAME", "postgresql or sqlite, where nothing else tells it",
     kProject, &Flags::engine, "postgresql sqlite"},
    {"--json", "", "one JSON document on standard output", kEvery,
     &Flags::json},
    {"--no-color", "", "plain text", kEvery, &Flags::no_color},
    {"-q,--quiet", "", "less on standard error", kEvery, &Flags::quiet},
    {"-v,--verbose", "", "more on standard error", kEvery, &Flags::verbose},
    {"-h,--help", "", "this text", kEvery, &Flags::help},
    {"--dir",
     "DIR",
     "the folder of the migrations",
     kMigrate,
     &Flags::dir,
     {},
     "a folder of migrations, instead of those in the program"},
    {"--format", "NAME",
     "auto, goose, pairs, dbmate, flyway or plain (default: auto)", kMigrate,
     &Flags::format, "auto goose pairs dbmate flyway plain"},
    {"--map", "FILE", "YAML that numbers versions such as Flyway's 1.2",
     kMigrate, &Flags::map},
    {"--tracker", "TABLE", "[SCHEMA.]TABLE that says what is applied", kMigrate,
     &Flags::tracker},
    {"--tracker-kind", "KIND", "applied-set, goose, golang-migrate or dbmate",
     kMigrate, &Flags::tracker_kind, "applied-set goose golang-migrate dbmate"},
    {"--out-of-order", "WHAT",
     "apply or refuse a file below the newest applied version", kMigrate,
     &Flags::out_of_order, "apply refuse"},
    {"--on-drift", "WHAT", "refuse or warn where an applied file has changed",
     kMigrate, &Flags::on_drift, "refuse warn"},
    {"--on-missing", "WHAT",
     "warn or refuse where an applied version has no file", kMigrate,
     &Flags::on_missing, "warn refuse"},
    {"--lock-wait", "DURATION",
     "how long to wait for another run (default: 60s)", kMigrate,
     &Flags::lock_wait},
    {"--lock-timeout", "DURATION",
     "how long a statement waits for a lock (default: 3s; 0: for ever)",
     kMigrate, &Flags::lock_timeout},
    {"--no-versioning", "", "run the files and touch no tracker", kMigrate,
     &Flags::no_versioning},
    {"--module", "NAME", "only the migrations of this module", kModule,
     &Flags::module},
    {"--to", "VERSION", "the last version to apply, or to keep", kTo,
     &Flags::to},
    {"--steps", "N", "at most so many migrations", kSteps, &Flags::steps},
    {"--all", "", "every applied migration", kAll, &Flags::all},
    {"--forget", "", "take only the row away where a file has no down", kForget,
     &Flags::forget},
    {"--dry-run", "", "run what is pending and roll it back", kDryRun,
     &Flags::dry_run},
    {"--on", "WHERE", "where to try: target or scratch", kDryRun, &Flags::on,
     "target scratch"},
    {"--check", "", "exit status 3 where something is pending", kCheck,
     &Flags::check},
    {"--accept", "VERSION", "record the file of this version as it is now",
     kAccept, &Flags::accept},
    {"--timeout", "DURATION", "how long to wait (default: 30s)", kTimeout,
     &Flags::timeout},
    {"--as", "WHAT", "applied or pending", kAs, &Flags::as, "applied pending"},
    {"--from", "TOOL",
     "whose tracker it is (default: found under the tools' own names)", kAdopt,
     &Flags::from},
    {"--to", "TOOL", "whose tracker is written", kHandBack, &Flags::to},
    {"--legacy-tracker", "TABLE", "[SCHEMA.]TABLE of the other tool",
     kAdopt | kHandBack, &Flags::legacy_tracker},
    {"--dry-run", "", "show what would be written, and write nothing",
     kAdopt | kHandBack, &Flags::dry_run},
    {"--yes", "", "take what is assumed for granted, and ask nothing", kAdopt,
     &Flags::yes},
    {"--drop-legacy", "", "drop the other tool's tracker", kAdopt,
     &Flags::drop_legacy},
    {"--schema", "PATH",
     "a file or folder that makes the schema; may be repeated", kSources,
     &Flags::schema},
    {"--queries", "PATH", "a file or folder of queries; may be repeated",
     kSources, &Flags::queries},
    {"-f,--file", "FILE",
     "what to generate (default: 'generate:' of the project, or sqlc.yaml)",
     kGenerate | kQueryCheck, &Flags::file},
    {"--check", "", "write nothing; exit status 3 where code is out of date",
     kGenerate, &Flags::check},
    {"--depfile", "FILE.d",
     "write what the code is made from, as a rule of make for FILE", kGenerate,
     &Flags::depfile},
    {"--dev", "DSN",
     "a server where a database may be made (default: one of its own)", kDev,
     &Flags::dev},
    {"--against", "SOURCE",
     "a DSN, a file or folder of SQL, @VERSION, or a revision of git whose "
     "godwit.lock is meant",
     kQueryCheck, &Flags::against},
    {"--format", "NAME", "sql or json (default: sql)", kSchemaInspect,
     &Flags::format, "sql json"},
    {"--schema", "NAME", "only this schema; may be repeated",
     kSchemaInspect | kSchemaDiff, &Flags::schema},
    {"--exclude", "GLOB",
     "without what is named so: 'audit_*', 'app.*'; may be repeated",
     kSchemaInspect | kSchemaDiff, &Flags::exclude},
    {"--from", "SOURCE",
     "a DSN, file://schema.sql, file://folder, migrations, or empty",
     kSchemaDiff, &Flags::from},
    {"--to", "SOURCE", "the same; what is to come", kSchemaDiff, &Flags::to},
    {"--check", "", "exit status 3 where there is a difference", kSchemaDiff,
     &Flags::check},
    {"--allow-destructive", "", "a plan may destroy rows and columns",
     kSchemaDiff, &Flags::allow_destructive},
    {"--online", "", "forms that hold up writers as little as can be",
     kSchemaDiff, &Flags::online},
};

}  // namespace

std::span<const FlagRow> FlagTable() {
  return kRows;
}

std::vector<std::string_view> FlagRow::Names() const {
  std::vector<std::string_view> list;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t comma = std::min(names.find(',', at), names.size());
    list.push_back(names.substr(at, comma - at));
    at = comma + 1;
  }
  return list;
}

}  // namespace godwit::command
