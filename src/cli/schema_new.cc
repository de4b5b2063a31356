// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_new.h"

#include <filesystem>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/schema_checks.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "command/new_migration.h"
#include "engine/database.h"
#include "engine/schema_engine.h"
#include "migrate/generated_mark.h"
#include "state/catalog/draft.h"

namespace godwit::cli {

namespace {

namespace fs = std::filesystem;

// A file that was written from the schema says what the schema said: who edits
// it makes the two disagree.
void RefuseEdited(const migrate::Source& source) {
  std::vector<std::string> edited;
  for (const migrate::Migration& migration : source.migrations()) {
    for (const auto& file : {migration.up, migration.down}) {
      if (file && migrate::ReadGeneratedMark(file->bytes) ==
                      migrate::GeneratedMark::kEdited)
        edited.push_back(file->path);
    }
  }
  if (edited.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kChecksumMismatch;
  info.message = Cat(Join(edited, ", "), edited.size() == 1 ? " was" : " were",
                     " changed after the schema wrote it");
  info.where.file = edited.front();
  info.state = "nothing was written";
  info.help =
      "where no database has it yet, delete it and run this again: it is made "
      "anew from the schema. Else restore it. To keep the change as your own, "
      "take the file's first line out";
  throw Error(std::move(info));
}

// Two branches have written a file each: one of them is made anew.
command::NewPlace FindPlace(const command::Call& call,
                            const ProjectSettings& settings) {
  try {
    return command::FindNewPlace(call, settings);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kVersionCollision) throw;
    ErrorInfo info = error.info();
    info.help =
        "keep the file that databases have already, delete the other one and "
        "run 'godwit schema new' again: it is made anew from the schema";
    throw Error(std::move(info));
  }
}

// "00007", 1 → "00008".
std::string Later(const std::string& version, std::size_t number) {
  if (number == 0) return version;
  std::string later =
      Cat(ParseInt64(version).value_or(0) + static_cast<std::int64_t>(number));
  if (later.size() < version.size())
    later.insert(0, version.size() - later.size(), '0');
  return later;
}

// The folder of a module that has no file yet must be there to be read; one
// that stays empty goes again.
class FolderFor {
 public:
  explicit FolderFor(std::string path) : path_(std::move(path)) {
    std::error_code error;
    made_ = fs::create_directories(path_, error);
  }
  FolderFor(const FolderFor&) = delete;
  FolderFor& operator=(const FolderFor&) = delete;
  ~FolderFor() {
    std::error_code error;
    if (made_) fs::remove(path_, error);
  }

 private:
  std::string path_;
  bool made_ = false;
};

}  // namespace

NewMigration WriteNewMigration(const command::Call& call,
                               const std::string& name) {
  const command::Flags& flags = call.flags;
  const std::string named[] = {std::string(kProjectMigrations),
                               std::string(kProjectSchema)};
  SchemaSources sources(call, named);
  const ProjectSettings& settings = sources.settings();
  const std::string title = command::TitleOf(name);
  const command::NewPlace place = FindPlace(call, settings);
  const FolderFor folder(place.folder);
  if (place.source) RefuseEdited(*place.source);
  const engine::SchemaEngine& engine =
      engine::SchemaEngineOf(sources.dev().engine());
  const state::Narrowing narrowing{flags.schema, flags.exclude};

  const state::ReadSchema goal = sources.Read(1);
  state::DevDatabase database = sources.MakeFromMigrations();
  const schema::Catalog from = engine.Inspect(database.connection());
  NewMigration made;
  made.plan = engine.MakePlan(state::Narrow(from, narrowing),
                              state::Narrow(goal.catalog, narrowing),
                              {flags.online, goal.renames});
  if (made.plan.changes.empty()) return made;
  if (!flags.allow_destructive) RefuseDestructive(made.plan, {}, "writes it");

  const migrate::Format& format = command::FormatIn(place, settings);
  const sql::Lexicon& lexicon =
      engine::DialectFor(sources.dev().engine()).lexicon();
  const std::string version = command::NextVersionIn(place, format.kind);
  made.files = command::WriteNewFiles(
      place.folder,
      state::DraftMigrations(
          database,
          {.from = from,
           .goal = goal.catalog,
           .parts = state::CutPlan(made.plan, lexicon, flags.online),
           .renames = goal.renames,
           .narrowing = narrowing,
           .online = flags.online,
           .format = format,
           .title = title,
           .version = [&](std::size_t n) { return Later(version, n); }}));
  return made;
}

int RunSchemaNew(const command::Call& call) {
  const NewMigration made =
      WriteNewMigration(call, call.flags.arguments.front());
  if (call.flags.json) {
    command::Json document = PlanValue(made.plan, {});
    document["files"] = made.files;
    call.out << command::Dump(document) << '\n';
    return command::kDone;
  }
  if (made.files.empty())
    call.out << "no difference: the migrations make the schema\n";
  for (const std::string& file : made.files) call.out << file << '\n';
  return command::kDone;
}

}  // namespace godwit::cli
