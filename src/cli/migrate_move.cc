// SPDX-License-Identifier: Apache-2.0
// up, down and their aliases, redo, goto.
#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/migrate_session.h"
#include "config/duration.h"

namespace godwit::cli {

namespace {

using migrate::DryRunLine;
using migrate::Wish;

std::size_t ParseSteps(const std::string& text) {
  const auto steps = ParseInt64(text);
  if (!steps || *steps < 0)
    throw Error(ErrorCode::kUsage,
                Cat("'", text, "' is no number of migrations"),
                "--steps takes a whole number");
  return static_cast<std::size_t>(*steps);
}

Wish MakeWish(const Flags& flags, Wish::Kind kind) {
  Wish wish;
  wish.kind = kind;
  wish.all = flags.all;
  wish.forget = flags.forget;
  if (!flags.to.empty()) wish.to = ParseVersion("--to", flags.to);
  if (!flags.steps.empty()) wish.steps = ParseSteps(flags.steps);
  if (wish.all + wish.to.has_value() + wish.steps.has_value() > 1) {
    throw Error(ErrorCode::kUsage, "--to, --steps and --all exclude each other",
                "give one of them");
  }
  return wish;
}

Json LineValue(const DryRunLine& line) {
  Json value;
  value["version"] = line.version;
  value["name"] = line.name;
  value["ok"] = line.ok ? Json(*line.ok) : Json(nullptr);
  value["error"] = line.error ? ErrorValue(*line.error) : Json(nullptr);
  value["statements"] = line.statements;
  value["duration_ms"] = static_cast<double>(line.duration.count()) / 1000.0;
  value["locks"] = Json::array();
  return value;
}

void ShowLine(const Terminal& terminal, const DryRunLine& line) {
  const std::string title = Cat(line.version, ' ', line.name);
  if (!line.ok) {
    std::cout << terminal.Out(Colour::kYellow, "not tried") << "  " << title
              << '\n';
  } else if (*line.ok) {
    std::cout << terminal.Out(Colour::kGreen, "ok       ") << "  " << title
              << "  "
              << terminal.Out(Colour::kDim,
                              Cat('(', line.statements,
                                  line.statements == 1 ? " statement, "
                                                       : " statements, ",
                                  config::ShowDuration(line.duration), ')'))
              << '\n';
  } else {
    std::cout << terminal.Out(Colour::kRed, "fails    ") << "  " << title
              << "\n             " << line.error->message << '\n';
    const Place& where = line.error->where;
    if (!where.file.empty())
      std::cout << "             " << where.file
                << (where.line > 0 ? Cat(':', where.line, ':', where.column)
                                   : "")
                << '\n';
  }
}

int DryRun(const Flags& flags) {
  if (!flags.on.empty() && flags.on != "target") {
    throw Error(
        ErrorCode::kUnsupported,
        Cat("--on ", flags.on, " is not there in this version of godwit"),
        "the files are tried on the target: --on target");
  }
  MigrateSession session(flags, Access::kRead);
  const std::vector<DryRunLine> lines =
      session.runner().DryRun(MakeWish(flags, Wish::Kind::kUp));
  const bool fails =
      std::any_of(lines.begin(), lines.end(),
                  [](const DryRunLine& line) { return line.ok && !*line.ok; });
  if (flags.json) {
    Json document;
    document["dry_run"] = Json::array();
    for (const DryRunLine& line : lines)
      document["dry_run"].push_back(LineValue(line));
    std::cout << Dump(document) << '\n';
  } else {
    for (const DryRunLine& line : lines) ShowLine(session.terminal(), line);
    const auto note = session.runner().tracker().dialect().Choose(
        {"; sequences may have advanced", ""});
    std::cout << (lines.empty() ? "nothing is pending"
                                : Cat("everything was rolled back", note))
              << '\n';
  }
  return fails ? kCheckFailed : kDone;
}

int Move(const Flags& flags, const Wish& wish) {
  using Files = MigrateSession::Files;
  MigrateSession session(
      flags, Access::kWrite,
      wish.kind == Wish::Kind::kUp ? Files::kRead : Files::kIfAny);
  migrate::Runner& runner = session.runner();
  const Report report = flags.no_versioning ? runner.RunUntracked(wish)
                        : wish.kind == Wish::Kind::kUp ? runner.Up(wish)
                                                       : runner.Down(wish);
  ShowReport(flags, report);
  return kDone;
}

}  // namespace

int RunUp(const Flags& flags) {
  if (flags.dry_run) return DryRun(flags);
  return Move(flags, MakeWish(flags, Wish::Kind::kUp));
}

int RunUpTo(const Flags& flags) {
  return Move(flags, {.kind = Wish::Kind::kUp,
                      .to = ParseVersion("", flags.arguments[0])});
}

int RunUpByOne(const Flags& flags) {
  return Move(flags, {.kind = Wish::Kind::kUp, .steps = 1});
}

int RunDown(const Flags& flags) {
  return Move(flags, MakeWish(flags, Wish::Kind::kDown));
}

int RunDownTo(const Flags& flags) {
  return Move(flags, {.kind = Wish::Kind::kDown,
                      .to = ParseVersion("", flags.arguments[0]),
                      .forget = flags.forget});
}

int RunReset(const Flags& flags) {
  return Move(flags,
              {.kind = Wish::Kind::kDown, .all = true, .forget = flags.forget});
}

int RunRedo(const Flags& flags) {
  MigrateSession session(flags, Access::kWrite);
  ShowReport(flags, session.runner().Redo(flags.no_versioning));
  return kDone;
}

int RunGoto(const Flags& flags) {
  const std::int64_t version = ParseVersion("", flags.arguments[0]);
  MigrateSession session(flags, Access::kWrite);
  ShowReport(flags, session.runner().Goto(version));
  return kDone;
}

}  // namespace godwit::cli
