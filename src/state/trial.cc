// SPDX-License-Identifier: Apache-2.0
#include "state/trial.h"

#include "base/text.h"

namespace godwit::state {

namespace {

using migrate::DryRunLine;
using migrate::Migration;
using migrate::Runner;
using migrate::Source;
using migrate::Version;
using migrate::Wish;

// Runs on the scratch database; what it lacks and the other one has is made,
// and the run goes on.
class Trial {
 public:
  Trial(const std::string& dsn, engine::Database& like, const Source& source)
      : connection_(Connection::Open(dsn)), like_(like), source_(source) {}

  void BringTo(const std::set<Version>& versions);
  DryRunLine Try(const Migration& migration);

 private:
  Report Up(const Wish& wish);

  Connection connection_;
  engine::Database& like_;
  const Source& source_;
};

Report Trial::Up(const Wish& wish) {
  while (true) {
    try {
      Runner runner(connection_, &source_, {}, migrate::ProcessEnvironment());
      return runner.Up(wish);
    } catch (const Error& error) {
      const std::string mend = like_.MakesMissing(error.info());
      if (mend.empty()) throw;
      connection_.Execute(mend);
    }
  }
}

void Trial::BringTo(const std::set<Version>& versions) {
  if (versions.empty()) return;
  try {
    Up({.kind = Wish::Kind::kUp, .among = versions});
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    info.message = Cat(
        "the scratch database could not be brought to the versions that are "
        "applied: ",
        info.message);
    info.state = "nothing was run on the database itself";
    info.help =
        "what is in the database must come from its migrations; try them on "
        "the database itself with --on target";
    throw Error(std::move(info));
  }
}

DryRunLine Trial::Try(const Migration& migration) {
  DryRunLine line = migrate::NotTried(migration);
  try {
    const Report report =
        Up({.kind = Wish::Kind::kUp, .only = migration.version});
    line.ok = true;
    for (const MigratedStep& step : report.applied) {
      line.statements = step.statements;
      line.duration = step.duration;
    }
  } catch (const Error& error) {
    line.ok = false;
    line.error = error.info();
    line.error->state = "nothing was run on the database itself";
  }
  return line;
}

}  // namespace

std::vector<DryRunLine> TryMigrations(
    const std::string& scratch_dsn, engine::Database& like,
    const Source& source, const std::set<Version>& applied,
    const std::vector<const Migration*>& steps) {
  Trial trial(scratch_dsn, like, source);
  trial.BringTo(applied);
  std::vector<DryRunLine> lines;
  bool failed = false;
  for (const Migration* migration : steps) {
    lines.push_back(failed ? migrate::NotTried(*migration)
                           : trial.Try(*migration));
    failed = failed || lines.back().ok == false;
  }
  return lines;
}

}  // namespace godwit::state
