// SPDX-License-Identifier: Apache-2.0
// up, down and their aliases, redo, goto.
#include <algorithm>
#include <ostream>

#include "base/duration.h"
#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"
#include "state/scratch_database.h"
#include "state/trial.h"

namespace godwit::command {

namespace {

using migrate::DryRunLine;
using migrate::Look;
using migrate::Wish;

std::size_t ParseSteps(const std::string& text) {
  const auto steps = ParseInt64(text);
  if (!steps || *steps < 0)
    throw Error(ErrorCode::kUsage,
                Cat("'", text, "' is no number of migrations"),
                "--steps takes a whole number");
  return static_cast<std::size_t>(*steps);
}

Wish MakeWish(const Call& call, Wish::Kind kind) {
  Wish wish;
  wish.kind = kind;
  wish.all = call.flags.all;
  wish.forget = call.flags.forget;
  if (!call.flags.to.empty()) wish.to = ParseVersion("--to", call.flags.to);
  if (!call.flags.steps.empty()) wish.steps = ParseSteps(call.flags.steps);
  if (wish.all + wish.to.has_value() + wish.steps.has_value() > 1) {
    throw Error(ErrorCode::kUsage, "--to, --steps and --all exclude each other",
                "give one of them");
  }
  return wish;
}

Json LineValue(const DryRunLine& line, const std::vector<DryRunLine>& lines) {
  Json value;
  value["version"] = line.version;
  value["name"] = line.name;
  value["ok"] = line.ok ? Json(*line.ok) : Json(nullptr);
  value["error"] = line.error ? ErrorValue(*line.error) : Json(nullptr);
  value["statements"] = line.statements;
  value["duration_ms"] = static_cast<double>(line.duration.count()) / 1000.0;
  value["locks"] = Json::array();
  for (const engine::LockTaken& lock : line.locks) {
    Json taken = {{"relation", lock.relation},
                  {"mode", lock.mode},
                  {"statement", lock.statement},
                  {"rewrites", lock.rewritten_by != 0}};
    if (lock.held_since) taken["held_since"] = lines[*lock.held_since].version;
    value["locks"].push_back(std::move(taken));
  }
  return value;
}

// Those that others wait for: readers, writers, or both.
void ShowLocks(const Call& call, const DryRunLine& line,
               const std::vector<DryRunLine>& lines) {
  for (const engine::LockTaken& lock : line.locks) {
    const std::string_view mode = lock.mode;
    const std::string_view keeps_out =
        mode == "AccessExclusiveLock" ? "readers and writers"
        : mode == "ExclusiveLock" || mode == "ShareRowExclusiveLock" ||
                mode == "ShareLock"
            ? "writers"
            : "";
    if (keeps_out.empty() || lock.is_new) continue;
    const bool certain = !lock.held_since || lock.rewritten_by != 0;
    call.out << "             statement " << lock.statement
             << (certain ? " keeps " : " may keep ") << keeps_out << " out of "
             << lock.relation << " (" << mode;
    if (lock.held_since)
      call.out << ", held since " << lines[*lock.held_since].version;
    call.out << ")\n";
    if (lock.rewritten_by != 0)
      call.out << "             statement " << lock.rewritten_by << " rewrites "
               << lock.relation << '\n';
  }
}

void ShowLine(const Call& call, const DryRunLine& line,
              const std::vector<DryRunLine>& lines) {
  const std::string title = Cat(line.version, ' ', Printable(line.name));
  if (!line.ok) {
    call.out << call.terminal.Out(Colour::kYellow, "not tried") << "  " << title
             << '\n';
  } else if (*line.ok) {
    call.out << call.terminal.Out(Colour::kGreen, "ok       ") << "  " << title
             << "  "
             << call.terminal.Out(
                    Colour::kDim,
                    Cat('(', line.statements,
                        line.statements == 1 ? " statement, " : " statements, ",
                        ShowDuration(line.duration), ')'))
             << '\n';
    ShowLocks(call, line, lines);
  } else {
    call.out << call.terminal.Out(Colour::kRed, "fails    ") << "  " << title
             << "\n             " << Printable(line.error->message, "\n\t")
             << '\n';
    const Place& where = line.error->where;
    if (!where.file.empty())
      call.out << "             " << Printable(where.file)
               << (where.line > 0 ? Cat(':', where.line, ':', where.column)
                                  : "")
               << '\n';
  }
}

enum class Where { kTarget, kScratch };

Where ParseWhere(const std::string& text) {
  if (text.empty() || text == "target") return Where::kTarget;
  if (text == "scratch") return Where::kScratch;
  throw Error(ErrorCode::kUsage, Cat("'", text, "' is no value of --on"),
              "it takes target or scratch");
}

// All that the database itself was not asked to try. Where no scratch database
// can be had they stay not tried, and the reason is told.
void TryRestOnScratch(const Call& call, MigrateSession& session,
                      const Wish& wish, std::vector<DryRunLine>& lines) {
  const auto rest =
      std::find_if(lines.begin(), lines.end(),
                   [](const DryRunLine& line) { return line.ok != true; });
  if (rest == lines.end() || rest->ok == false) return;
  migrate::Runner::Outlook outlook = session.runner().LookAhead(wish);
  const auto first = outlook.steps.begin() + (rest - lines.begin());
  for (auto tried = outlook.steps.begin(); tried != first; ++tried)
    outlook.applied.insert((*tried)->version);
  outlook.steps.erase(outlook.steps.begin(), first);
  try {
    const auto scratch =
        state::ScratchDatabase::Like(session.runner().database());
    const std::vector<DryRunLine> tried =
        state::TryMigrations(scratch.dsn(), session.runner().database(),
                             *session.source(), outlook.applied, outlook.steps);
    std::copy(tried.begin(), tried.end(), rest);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
    call.err << call.program.name << ": not tried from " << rest->version
             << " on: " << error.what() << '\n';
  }
}

std::vector<DryRunLine> TryOnScratch(MigrateSession& session,
                                     const Wish& wish) {
  const migrate::Runner::Outlook outlook = session.runner().LookAhead(wish);
  if (outlook.steps.empty()) return {};
  const auto scratch =
      state::ScratchDatabase::Like(session.runner().database());
  return state::TryMigrations(scratch.dsn(), session.runner().database(),
                              *session.source(), outlook.applied,
                              outlook.steps);
}

void ShowDryRun(const Call& call, const std::vector<DryRunLine>& lines,
                std::string_view end) {
  if (call.flags.json) {
    Json document;
    document["dry_run"] = Json::array();
    for (const DryRunLine& line : lines)
      document["dry_run"].push_back(LineValue(line, lines));
    call.out << Dump(document) << '\n';
    return;
  }
  for (const DryRunLine& line : lines) ShowLine(call, line, lines);
  call.out << (lines.empty() ? "nothing is pending" : end) << '\n';
}

int DryRun(const Call& call) {
  const Where where = ParseWhere(call.flags.on);
  MigrateSession session(call, Access::kRead);
  Wish wish = MakeWish(call, Wish::Kind::kUp);
  wish.module = call.flags.module;
  std::vector<DryRunLine> lines;
  if (where == Where::kScratch) {
    lines = TryOnScratch(session, wish);
    ShowDryRun(call, lines, "tried on a scratch database, which is gone");
  } else {
    lines = session.runner().DryRun(wish);
    TryRestOnScratch(call, session, wish, lines);
    ShowDryRun(call, lines,
               session.runner().tracker().dialect().Choose(
                   {"everything was rolled back; sequences may have advanced",
                    "everything was rolled back"}));
  }
  const bool fails =
      std::any_of(lines.begin(), lines.end(),
                  [](const DryRunLine& line) { return line.ok == false; });
  return fails ? kCheckFailed : kDone;
}

int Move(const Call& call, Wish wish) {
  wish.module = call.flags.module;
  using Files = MigrateSession::Files;
  const bool up = wish.kind == Wish::Kind::kUp;
  // Without a tracker even a down may be run on nothing.
  const bool makes = up || call.flags.no_versioning;
  MigrateSession session(call, makes ? Access::kWrite : Access::kChange,
                         up ? Files::kRead : Files::kIfAny,
                         MigrateSession::LookOf(call, Look::kForPlan));
  migrate::Runner& runner = session.runner();
  const Report report = call.flags.no_versioning ? runner.RunUntracked(wish)
                        : up                     ? runner.Up(wish)
                                                 : runner.Down(wish);
  ShowReport(call, report);
  return kDone;
}

}  // namespace

int RunUp(const Call& call) {
  if (call.flags.dry_run) return DryRun(call);
  return Move(call, MakeWish(call, Wish::Kind::kUp));
}

int RunUpTo(const Call& call) {
  return Move(call, {.kind = Wish::Kind::kUp,
                     .to = ParseVersion("", call.flags.arguments[0])});
}

int RunUpByOne(const Call& call) {
  return Move(call, {.kind = Wish::Kind::kUp, .steps = 1});
}

int RunDown(const Call& call) {
  return Move(call, MakeWish(call, Wish::Kind::kDown));
}

int RunDownTo(const Call& call) {
  return Move(call, {.kind = Wish::Kind::kDown,
                     .to = ParseVersion("", call.flags.arguments[0]),
                     .forget = call.flags.forget});
}

int RunReset(const Call& call) {
  return Move(
      call,
      {.kind = Wish::Kind::kDown, .all = true, .forget = call.flags.forget});
}

int RunRedo(const Call& call) {
  MigrateSession session(call, Access::kChange);
  ShowReport(call, session.runner().Redo(call.flags.no_versioning));
  return kDone;
}

int RunGoto(const Call& call) {
  const std::int64_t version = ParseVersion("", call.flags.arguments[0]);
  MigrateSession session(call, Access::kWrite);
  ShowReport(call, session.runner().Goto(version));
  return kDone;
}

}  // namespace godwit::command
