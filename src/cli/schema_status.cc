// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/dsn.h"
#include "engine/schema_engine.h"
#include "migrate/generated_mark.h"
#include "migrate/runner.h"
#include "state/catalog/narrow.h"

namespace godwit::cli {

namespace {

// Where the three stand: the schema, the migrations, the database.
struct Standing {
  std::vector<std::string> edited;        // files that the schema wrote
  schema::Plan to_write;                  // migrations to schema
  bool has_database = false;              // one is named
  std::vector<migrate::Version> pending;  // migrations
  schema::Plan to_mend;                   // database to its migrations

  bool ok() const {
    return edited.empty() && to_write.changes.empty() && pending.empty() &&
           to_mend.changes.empty();
  }
};

// Empty where none is named.
std::string DatabaseOf(const ProjectSettings& settings) {
  try {
    return settings.Dsn();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kUsage) throw;
    return {};
  }
}

std::vector<std::string> SourcesOf(const std::string& dsn) {
  std::vector<std::string> sources = {std::string(kProjectMigrations),
                                      std::string(kProjectSchema)};
  if (!dsn.empty()) sources.push_back(dsn);
  return sources;
}

// Which migrations are applied there.
std::set<migrate::Version> Applied(const std::string& dsn,
                                   const migrate::Source& source,
                                   const MigrateOptions& options) {
  if (engine::NamesMissingFile(dsn)) return {};
  ConnectOptions connect;
  connect.mode = OpenMode::kReadOnly;
  Connection connection = Connection::Open(dsn, connect);
  migrate::Runner runner(connection, &source, options,
                         migrate::ProcessEnvironment());
  const migrate::Reading reading = runner.Read();
  std::set<migrate::Version> applied;
  for (const migrate::Migration& migration : source.migrations()) {
    if (reading.state.Has(migration)) applied.insert(migration.version);
  }
  return applied;
}

Standing Look(const command::Call& call) {
  const std::string dsn = DatabaseOf(ProjectSettings(call.flags));
  SchemaSources sources(call, SourcesOf(dsn));
  const engine::SchemaEngine& engine =
      engine::SchemaEngineOf(sources.dev().engine());
  const state::Narrowing narrowing{call.flags.schema, call.flags.exclude};
  const auto plan = [&](schema::Catalog from, state::ReadSchema to) {
    return engine.MakePlan(state::Narrow(std::move(from), narrowing),
                           state::Narrow(std::move(to.catalog), narrowing),
                           {false, std::move(to.renames)});
  };
  Standing standing;
  for (const migrate::Migration& migration :
       sources.Migrations().migrations()) {
    for (const auto& file : {migration.up, migration.down}) {
      if (file && migrate::ReadGeneratedMark(file->bytes) ==
                      migrate::GeneratedMark::kEdited)
        standing.edited.push_back(file->path);
    }
  }
  if (!dsn.empty()) {
    standing.has_database = true;
    state::ReadSchema live = sources.Read(2);
    const std::set<migrate::Version> applied =
        Applied(dsn, sources.Migrations(), sources.settings().Options());
    for (const migrate::Migration& migration :
         sources.Migrations().migrations()) {
      if (!applied.contains(migration.version))
        standing.pending.push_back(migration.version);
    }
    if (!applied.empty())
      standing.to_mend =
          plan(std::move(live.catalog), sources.ReadMigrations(applied));
  }
  standing.to_write =
      plan(sources.ReadWithoutPost(0).catalog, sources.ReadWithoutPost(1));
  return standing;
}

// Those of something: what only holds the others together is left out.
std::vector<schema::Change> ChangesOf(const schema::Plan& plan) {
  std::vector<schema::Change> changes = plan.changes;
  std::erase_if(changes, [](const schema::Change& change) {
    return change.object.empty();
  });
  return changes;
}

void ShowChanges(std::ostream& out, const schema::Plan& plan) {
  for (const schema::Change& change : ChangesOf(plan))
    out << "  " << change.kind << ' ' << Printable(change.object) << '\n';
}

std::string Count(std::size_t count, std::string_view what) {
  return Cat(count, ' ', what, count == 1 ? "" : "s");
}

void Show(std::ostream& out, const Standing& standing) {
  for (const std::string& file : standing.edited)
    out << file << " was changed after the schema wrote it\n";
  if (standing.to_write.changes.empty()) {
    out << "the migrations make the schema\n";
  } else {
    out << "the schema is "
        << Count(ChangesOf(standing.to_write).size(), "change")
        << " ahead of the migrations: run 'godwit schema new NAME'\n";
    ShowChanges(out, standing.to_write);
  }
  if (!standing.has_database) return;
  if (!standing.pending.empty())
    out << Count(standing.pending.size(), "migration")
        << " pending in the database: run 'godwit migrate up'\n";
  if (standing.to_mend.changes.empty()) {
    if (standing.pending.empty())
      out << "the database is as its migrations make it\n";
    return;
  }
  out << "the database is not as its migrations make it; to mend it:\n";
  ShowChanges(out, standing.to_mend);
}

command::Json ValueOf(const Standing& standing) {
  command::Json document;
  document["edited"] = standing.edited;
  document["schema"] = PlanValue(standing.to_write, {});
  document["pending"] = standing.has_database ? command::Json(standing.pending)
                                              : command::Json(nullptr);
  document["database"] = standing.has_database ? PlanValue(standing.to_mend, {})
                                               : command::Json(nullptr);
  return document;
}

}  // namespace

int RunSchemaStatus(const command::Call& call) {
  const Standing standing = Look(call);
  if (call.flags.json)
    call.out << command::Dump(ValueOf(standing)) << '\n';
  else
    Show(call.out, standing);
  return call.flags.check && !standing.ok() ? command::kCheckFailed
                                            : command::kDone;
}

}  // namespace godwit::cli
