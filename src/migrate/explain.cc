// SPDX-License-Identifier: Apache-2.0
#include "migrate/explain.h"

#include <cctype>

#include "base/text.h"

namespace godwit::migrate {

namespace {

std::string TitleOf(const Step& step) {
  if (!step.migration) return Cat("version ", step.row.version);
  return Name(*step.migration);
}

// What failed was not the file's own statement.
void ExplainRow(ErrorInfo& info, const engine::Failure& failure,
                const Step& step, engine::Refusal refusal,
                const std::string& tracker) {
  const std::string said = info.message;
  if (failure.at == engine::Failure::At::kCommit) {
    info.message = Cat(TitleOf(step), " failed when it was committed: ", said);
    return;
  }
  info.code = ErrorCode::kTrackerUnusable;
  if (failure.at == engine::Failure::At::kAfter && !step.down) {
    info.message = Cat(TitleOf(step), " drops or empties the tracker ", tracker,
                       ", so it cannot be recorded: ", said);
    info.help =
        "leave the tracker alone, or keep it in a schema of its own with "
        "--tracker";
    return;
  }
  info.message = Cat("the row of ", TitleOf(step), " cannot be written to ",
                     tracker, ": ", said);
  if (refusal == engine::Refusal::kNoRight)
    info.help = "grant the login INSERT and DELETE on the tracker";
  if (refusal == engine::Refusal::kReadOnly)
    info.help =
        "check the rights on the database and on the folder that it lies in";
}

// Some of PostgreSQL's errors have no position and name what is wrong in
// quotes: where that stands exactly once in the statement, it is the place.
// Code points from 1; 0: not found.
int GuessPosition(std::string_view message, std::string_view statement) {
  const std::size_t open = message.find('"');
  const std::size_t close =
      open == message.npos ? open : message.find('"', open + 1);
  if (close == message.npos || close == open + 1) return 0;
  const std::string_view name = message.substr(open + 1, close - open - 1);
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
           (c & 0x80);
  };
  std::size_t found = statement.npos;
  for (std::size_t at = statement.find(name); at != statement.npos;
       at = statement.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && is_word(statement[at - 1])) ||
        (end < statement.size() && is_word(statement[end])))
      continue;
    if (found != statement.npos) return 0;
    found = at;
  }
  return found == statement.npos
             ? 0
             : static_cast<int>(CodePoints(statement.substr(0, found))) + 1;
}

}  // namespace

ErrorInfo Explain(const engine::Failure& failure, const PreparedStep& prepared,
                  const engine::Unit& unit, engine::Refusal refusal,
                  const std::string& tracker) {
  ErrorInfo info = failure.error;
  const Step& step = prepared.step;
  info.version = step.migration ? step.migration->version : step.row.version;
  if (step.migration && !step.migration->script.empty()) info.version.reset();
  if (info.code == ErrorCode::kStatementFailed)
    info.code = ErrorCode::kMigrationFailed;
  if (refusal == engine::Refusal::kLockTimeout)
    info.code = ErrorCode::kLockTimeout;
  const bool in_body = failure.at == engine::Failure::At::kBody &&
                       failure.index < unit.body.size();
  if (in_body && prepared.section) {
    const sql::StatementView& statement = unit.body[failure.index];
    if (info.position == 0)
      info.position = GuessPosition(failure.error.message, statement.text);
    info.where = PlaceOf(*prepared.section, statement, info.position);
    const bool interrupted = info.code == ErrorCode::kInterrupted;
    info.message = Cat(TitleOf(step),
                       interrupted ? " was interrupted"
                       : step.down ? " could not be reverted: "
                                   : " failed: ",
                       interrupted ? std::string_view()
                                   : std::string_view(failure.error.message));
  } else {
    if (prepared.section) info.where.file = prepared.section->path;
    ExplainRow(info, failure, step, refusal, tracker);
  }
  const bool by_server = !info.sqlstate.empty();
  if (in_body && by_server && refusal == engine::Refusal::kNoRight &&
      info.help.empty()) {
    info.help =
        "grant the login what the statement needs, or name the owner as "
        "migrate.role; then run again";
  }
  if (refusal == engine::Refusal::kLockTimeout && info.help.empty()) {
    info.help =
        "another session holds a lock that the statement needs; run again "
        "later, or allow more "
        "with --lock-timeout";
  }
  return info;
}

std::string DescribeApplied(const TrackerState& state,
                            const std::vector<Migration>& migrations) {
  std::vector<std::string> ranges;
  std::size_t count = 0;
  for (std::size_t i = 0; i < migrations.size();) {
    if (!state.Has(migrations[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end + 1 < migrations.size() && state.Has(migrations[end + 1])) ++end;
    count += end - i + 1;
    ranges.push_back(
        end == i ? Cat(migrations[i].version)
                 : Cat(migrations[i].version, '-', migrations[end].version));
    i = end + 1;
  }
  if (ranges.empty()) return "nothing is applied";
  return Cat(count == 1 ? "version " : "versions ", Join(ranges, ", "),
             count == 1 ? " is applied" : " are applied");
}

}  // namespace godwit::migrate
