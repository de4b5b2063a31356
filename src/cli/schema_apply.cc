// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <ostream>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/schema_checks.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/database.h"
#include "engine/schema_engine.h"
#include "migrate/formats/written.h"
#include "migrate/runner.h"
#include "state/catalog/draft.h"
#include "state/catalog/try_plan.h"
#include "state/schema_files.h"

namespace godwit::cli {

namespace {

// What is run on the database, in a transaction each where that can be.
struct Text {
  std::string path;  // for messages
  std::string sql;
};

std::vector<Text> ReadTexts(const std::vector<std::string>& paths) {
  std::vector<Text> texts;
  for (const std::string& path : state::ListFiles(paths))
    texts.push_back({path, ReadFile(path)});
  return texts;
}

std::vector<Text> TextsOf(const std::vector<state::PlanPart>& parts) {
  std::vector<Text> texts;
  for (const state::PlanPart& part : parts) {
    migrate::Written::Way way;
    for (const schema::Change& change : part.changes) {
      for (const std::string& sql : change.sql)
        way.statements.push_back({sql, {}});
    }
    texts.push_back({"the plan", migrate::WayText(way)});
  }
  return texts;
}

// Throws what the runner throws, of the text that failed.
void RunTexts(const std::string& dsn, const MigrateOptions& options,
              const std::vector<Text>& texts) {
  if (texts.empty()) return;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < texts.size(); ++i)
    names.push_back(Cat(i + 1, "_text.sql"));
  std::vector<EmbeddedMigration> files;
  for (std::size_t i = 0; i < texts.size(); ++i)
    files.push_back({names[i], texts[i].sql, {}});
  const migrate::Source source =
      migrate::Source::FromEmbedded({files, "plain"});
  ConnectOptions connect;
  connect.busy_timeout = options.lock_wait;
  Connection connection = Connection::Open(dsn, connect);
  try {
    migrate::Runner(connection, &source, options, migrate::ProcessEnvironment())
        .RunUntracked({.kind = migrate::Wish::Kind::kUp});
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    if (!info.version) throw;
    const Text& text = texts[static_cast<std::size_t>(*info.version) - 1];
    const std::string title = Cat("migration ", *info.version, " text");
    if (info.message.starts_with(title))
      info.message.replace(0, title.size(), text.path);
    info.where.file = text.path;
    info.version.reset();
    info.help = {};
    throw Error(std::move(info));
  }
}

// Before anything runs.
void NeedAnswer(const command::Call& call) {
  const command::Flags& flags = call.flags;
  if (flags.yes || flags.dry_run || (call.terminal.can_ask && !flags.json))
    return;
  throw Error(ErrorCode::kUsage, "nobody can be asked whether to go on",
              "look with --dry-run, and give --yes");
}

bool MayGoOn(const command::Call& call, const schema::Plan& plan) {
  if (call.flags.yes || plan.changes.empty()) return true;
  call.err << "run these " << plan.changes.size() << " changes? [y/N] "
           << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "yes";
}

class Application {
 public:
  explicit Application(const command::Call& call)
      : call_(call),
        dsn_(ProjectSettings(call.flags).Dsn()),
        names_{dsn_, std::string(kProjectSchema)},
        sources_(call, names_) {}

  int Run();

 private:
  void Judge();
  void Show(bool done) const;

  const command::Call& call_;
  const std::string dsn_;
  const std::vector<std::string> names_;
  SchemaSources sources_;
  schema::Plan plan_;
  std::vector<std::optional<std::int64_t>> losses_;
};

// Makes the plan and looks whether it may be run.
void Application::Judge() {
  const command::Flags& flags = call_.flags;
  state::ReadSchema from = sources_.Read(0);
  state::ReadSchema to = sources_.Read(1);
  const engine::SchemaEngine& engine =
      engine::SchemaEngineOf(sources_.dev().engine());
  const state::Narrowing narrowing{flags.schema, flags.exclude};
  const schema::Catalog goal = state::Narrow(std::move(to.catalog), narrowing);
  plan_ = engine.MakePlan(state::Narrow(from.catalog, narrowing), goal,
                          {flags.online, to.renames});
  if (from.live) losses_ = CountLosses(*from.live, plan_);
  if (!flags.allow_destructive) RefuseDestructive(plan_, losses_, "runs it");
  if (from.live) CheckRows(*from.live, plan_);
  if (!plan_.changes.empty())
    state::TryPlan(sources_.dev(), from.catalog, plan_, goal, narrowing);
}

void Application::Show(bool done) const {
  if (call_.flags.json) {
    command::Json document = PlanValue(plan_, losses_);
    document["applied"] = done;
    call_.out << command::Dump(document) << '\n';
  } else if (plan_.changes.empty()) {
    call_.out << "no difference: the database has the schema\n";
  } else if (done) {
    call_.out << "applied " << plan_.changes.size()
              << (plan_.changes.size() == 1 ? " change\n" : " changes\n");
  }
}

int Application::Run() {
  const ProjectSettings& settings = sources_.settings();
  const MigrateOptions options = settings.Options();
  const bool runs = !call_.flags.dry_run;
  NeedAnswer(call_);
  if (runs) RunTexts(dsn_, options, ReadTexts(settings.SchemaPre()));
  Judge();
  if (!call_.flags.json) WriteStatements(call_.out, plan_, losses_);
  if (!runs || !MayGoOn(call_, plan_)) {
    Show(false);
    return command::kDone;
  }
  std::vector<Text> texts = TextsOf(state::CutPlan(
      plan_, engine::DialectFor(sources_.dev().engine()).lexicon(),
      call_.flags.online));
  for (Text& text : ReadTexts(settings.SchemaPost()))
    texts.push_back(std::move(text));
  RunTexts(dsn_, options, texts);
  Show(true);
  return command::kDone;
}

}  // namespace

int RunSchemaApply(const command::Call& call) {
  return Application(call).Run();
}

}  // namespace godwit::cli
