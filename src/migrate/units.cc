// SPDX-License-Identifier: Apache-2.0
#include "migrate/units.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"

namespace godwit::migrate {

namespace {

using engine::Unit;

bool Any(std::span<const sql::StatementView> body, std::uint32_t traits) {
  return std::any_of(body.begin(), body.end(),
                     [&](const auto& s) { return (s.traits & traits) != 0; });
}

bool TouchesSession(std::span<const sql::StatementView> body) {
  return !std::all_of(body.begin(), body.end(), [](const auto& s) {
    return (s.traits & (sql::kHarmless | sql::kEmpty)) != 0;
  });
}

// What cannot run in a transaction sets none.
bool MaySetRole(std::span<const sql::StatementView> body) {
  return !std::all_of(body.begin(), body.end(), [](const auto& s) {
    return (s.traits & (sql::kHarmless | sql::kEmpty | sql::kNoTransaction)) !=
           0;
  });
}

// SET, RESET, PRAGMA, ATTACH, DETACH: what they do lasts as long as the
// session, so they run again when a cut-off migration goes on, and nothing is
// written about them.
bool IsSetting(const sql::StatementView& statement) {
  const std::string_view word =
      statement.text.substr(0, statement.text.find_first_of(" \t\r\n;"));
  constexpr std::string_view kWords[] = {"SET", "RESET", "PRAGMA", "ATTACH",
                                         "DETACH"};
  return std::any_of(
      std::begin(kWords), std::end(kWords),
      [&](std::string_view w) { return EqualsIgnoringCase(word, w); });
}

class Builder {
 public:
  Builder(TrackerState state, const UnitContext& context)
      : state_(std::move(state)), context_(context) {}

  void Add(const PreparedStep& prepared, std::size_t index) {
    step_ = index;
    prepared_ = &prepared;
    if (prepared.section && !prepared.runnable.transaction)
      AddStretches();
    else
      AddTransaction();
    MoveOn();
  }
  Units Take() { return std::move(units_); }

 private:
  const Step& step() const { return prepared_->step; }
  Version version() const {
    return step().migration ? step().migration->version : step().row.version;
  }
  bool is_script() const {
    return step().migration && !step().migration->script.empty();
  }
  std::string_view direction() const { return step().down ? "down" : "up"; }

  Unit& NewUnit(Unit::Mode mode) {
    units_.infos.emplace_back();
    Unit& unit = units_.units.emplace_back();
    unit.step = step_;
    unit.mode = mode;
    return unit;
  }
  UnitInfo& info() { return units_.infos.back(); }
  std::vector<Connection::Query> Rows() const;
  void AddTransaction();
  void AddStretches();
  struct Stretch {
    std::size_t first = 0;
    std::size_t end = 0;
    bool transaction = false;
  };
  Stretch NextStretch(std::size_t first) const;
  void AddStretch(const Stretch& stretch);
  void AppendLog(std::string_view event, std::size_t statement);
  std::vector<Connection::Query> TakeLog() {
    std::vector<Connection::Query> log;
    log.swap(log_);
    return log;
  }
  void MoveOn();

  TrackerState state_;
  const UnitContext& context_;
  Units units_;
  std::size_t step_ = 0;
  const PreparedStep* prepared_ = nullptr;
  std::vector<Connection::Query>
      log_;  // outcomes waiting for the next transaction
};

// The tracker's rows, and the log's where the kind needs it.
std::vector<Connection::Query> Builder::Rows() const {
  if (!context_.tracker) return {};
  if (is_script()) {
    const Migration& script = *step().migration;
    return {context_.ledger->Append(
        {0, script.script, {}, script.checksum, script.name})};
  }
  const Tracker& tracker = *context_.tracker;
  auto rows = step().down ? tracker.Revert(step().row, state_)
                          : tracker.Apply(*step().migration, state_);
  // A counter alone cannot tell a late file from an applied one; and a version
  // whose statements stand in the log has to be closed there.
  const bool stretches = prepared_->section &&
                         !prepared_->runnable.transaction &&
                         !prepared_->runnable.body.empty();
  if (!tracker.traits().is_counter && !stretches) return rows;
  for (Version version : state_.assumed) {
    rows.push_back(
        context_.ledger->Append({version, event::kAssumed, {}, {}, ""}));
  }
  rows.push_back(
      context_.ledger->Append({version(),
                               step().down ? event::kReverted : event::kApplied,
                               {},
                               {},
                               ""}));
  return rows;
}

void Builder::AddTransaction() {
  const auto body = prepared_->section ? prepared_->runnable.body
                                       : std::span<const sql::StatementView>();
  // A savepoint's rollback may spoil what shares the transaction with it.
  const bool own = Any(body, sql::kOwnStep | sql::kSavepoint);
  Unit& unit =
      NewUnit(own ? Unit::Mode::kOwnTransaction : Unit::Mode::kTransaction);
  unit.before = Rows();
  unit.body = body;
  unit.role = context_.role;
  unit.restores_session = TouchesSession(body);
  const bool may_drop = unit.restores_session || Any(body, sql::kDropTable);
  if (may_drop && !step().down && context_.tracker && !is_script()) {
    unit.after = {context_.tracker->Probe(
        context_.tracker->Apply(*step().migration, state_))};
  }
  info().ends_step = true;
  info().needs_log = context_.tracker &&
                     (is_script() || context_.tracker->traits().is_counter);
}

void Builder::AppendLog(std::string_view event, std::size_t statement) {
  // A file of no version is run again from its start.
  if (!context_.tracker || is_script() ||
      IsSetting(prepared_->runnable.body[statement]))
    return;
  const std::string hash = StatementHash(prepared_->runnable.body[statement]);
  log_.push_back(context_.ledger->Append(
      {version(), event, static_cast<std::int64_t>(statement) + 1, hash,
       std::string(direction())}));
}

// Statements that belong together, from `first` on: an author's BEGIN … COMMIT,
// a StatementBegin block, in a file that has no marks all that can share a
// transaction, or one statement.
Builder::Stretch Builder::NextStretch(std::size_t first) const {
  const auto body = prepared_->runnable.body;
  if (body[first].traits & sql::kOpensTransaction) {
    std::size_t end = first;
    while (end < body.size() && !(body[end].traits & sql::kClosesTransaction))
      ++end;
    end = std::min(end + 1, body.size());
    return {first, end,
            IsPlainBegin(body[first]) &&
                (body[end - 1].traits & sql::kCommitsTransaction)};
  }
  constexpr std::uint32_t kAlone =
      sql::kNoTransaction | sql::kTransactionControl | sql::kOwnStep;
  if ((body[first].traits & kAlone) || IsSetting(body[first]))
    return {first, first + 1, false};
  std::size_t most = first + 1;
  if (prepared_->section->transaction) {
    most = body.size();  // the format has no marks; that it runs so was found
                         // from its statements
  } else {
    for (const ShownView& shown : prepared_->section->shown) {
      if (shown.block && shown.first == first) most = first + shown.count;
    }
  }
  std::size_t end = first;
  while (end < most && !(body[end].traits & kAlone) && !IsSetting(body[end]))
    ++end;
  const bool transaction = end - first > 1 || prepared_->section->transaction ||
                           (body[first].traits & sql::kCanShare);
  return {first, end, transaction};
}

void Builder::AddStretch(const Stretch& stretch) {
  auto body = prepared_->runnable.body.subspan(stretch.first,
                                               stretch.end - stretch.first);
  // The author's own pair gives way to ours.
  if (stretch.transaction && (body.front().traits & sql::kOpensTransaction))
    body = body.subspan(1, body.size() - 2);
  // What can run in a transaction shares one with its outcome: then there is no
  // doubt after a crash.
  if (!stretch.transaction) AppendLog(event::kIntent, stretch.first);
  // Rows with the login's role share no transaction with the body behind them.
  const bool alone =
      !stretch.transaction || MaySetRole(prepared_->runnable.body);
  if (alone && !log_.empty()) {
    Unit& intent = NewUnit(Unit::Mode::kTransaction);
    intent.before = TakeLog();
    intent.as_login = true;
    // Where looking will not tell, the note must not be there long before the
    // statement: a client that is killed leaves the server working on all that
    // it was sent.
    intent.waits =
        !stretch.transaction && !(body.front().traits & sql::kNoTransaction);
    info().needs_log = true;
  }
  std::vector<Connection::Query> before = TakeLog();
  Unit& unit = NewUnit(stretch.transaction ? Unit::Mode::kTransaction
                                           : Unit::Mode::kAutocommit);
  unit.before = std::move(before);
  unit.as_login = alone;
  unit.body = body;
  unit.role = context_.role;
  info().first_statement = stretch.first;
  info().needs_log = stretch.transaction;
  for (std::size_t i = stretch.first; i < stretch.end; ++i)
    AppendLog(event::kDone, i);
  if (stretch.transaction) unit.after = TakeLog();
}

void Builder::AddStretches() {
  const auto body = prepared_->runnable.body;
  const Unfinished* unfinished = context_.log && !is_script()
                                     ? context_.log->FindUnfinished(version())
                                     : nullptr;
  if (unfinished && unfinished->down != step().down) unfinished = nullptr;
  for (std::size_t first = 0; first < body.size();) {
    const Stretch stretch = NextStretch(first);
    const auto number = static_cast<std::int64_t>(first) + 1;
    const bool done = unfinished && unfinished->done.contains(number) &&
                      unfinished->done.at(number) == StatementHash(body[first]);
    const bool unknown = unfinished && unfinished->fate_unknown == number;
    // What cannot run in a transaction may be tried again: the server says when
    // it is there already.
    if (unknown && !(body[first].traits & sql::kNoTransaction) &&
        !IsSetting(body[first])) {
      throw CutOff(*prepared_, first);
    }
    if (!done) AddStretch(stretch);
    first = stretch.end;
  }
  std::vector<Connection::Query> before = TakeLog();
  for (Connection::Query& row : Rows()) before.push_back(std::move(row));
  Unit& last = NewUnit(Unit::Mode::kTransaction);
  last.before = std::move(before);
  last.as_login = true;
  // What the file has set holds to its end.
  last.restores_session = true;
  info().ends_step = true;
  info().needs_log = context_.tracker != nullptr;
}

void Builder::MoveOn() {
  if (is_script()) return;
  state_.assumed.clear();
  state_.lacks_zero_row = false;
  if (step().down) {
    std::erase_if(state_.applied, [&](const AppliedRow& row) {
      return row.version == step().row.version &&
             row.spelling == step().row.spelling;
    });
  } else {
    state_.applied.push_back({version(), step().migration->spelling,
                              std::nullopt, std::nullopt, ""});
  }
}

}  // namespace

std::string StatementHash(const sql::StatementView& statement) {
  return Sha256Hex(statement.text);
}

Error CutOff(const PreparedStep& step, std::size_t statement) {
  ErrorInfo cut;
  cut.code = ErrorCode::kInterrupted;
  cut.message =
      Cat(Name(*step.step.migration), " was cut off while statement ",
          statement + 1, " ran, and nobody can tell whether it was done");
  cut.where = PlaceOf(*step.section, step.runnable.body[statement], 0);
  cut.version = step.step.migration->version;
  const std::string before =
      statement == 0   ? ""
      : statement == 1 ? "statement 1 of it is done, "
                       : Cat("statements 1-", statement, " of it are done, ");
  cut.state = Cat(before, "those after it are not");
  cut.help = Cat(
      "look in the database: if it was done run 'godwit migrate resolve ",
      *cut.version, " --as applied', if not '--as pending', then run again");
  return Error(std::move(cut));
}

Units BuildUnits(std::span<const PreparedStep> steps, TrackerState state,
                 const UnitContext& context) {
  Builder builder(std::move(state), context);
  for (std::size_t i = 0; i < steps.size(); ++i) builder.Add(steps[i], i);
  return builder.Take();
}

}  // namespace godwit::migrate
