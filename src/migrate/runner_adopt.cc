// SPDX-License-Identifier: Apache-2.0
// Taking over from another tool, and handing back: read, plan, lock, read and
// plan again, write. While it is at work the other tool's own lock is held,
// too.
#include <algorithm>

#include "base/text.h"
#include "migrate/progress.h"
#include "migrate/runner.h"

namespace godwit::migrate {

namespace {

constexpr engine::Forms kInsert = {
    "INSERT INTO {table} (version, name, checksum, applied_at) VALUES ({p1}, "
    "{p2}, {p3}, coalesce(CAST({p4} AS timestamptz), now()))",
    "INSERT INTO {table} (version, name, checksum, applied_at) VALUES ({p1}, "
    "{p2}, {p3}, coalesce(datetime({p4}), datetime('now')))"};

[[noreturn]] void Throw(const ErrorInfo& info) {
  throw Error(info);
}

// What needs an answer and has none.
void RefuseQuestion(const Adoption& adoption, const AdoptWish& wish) {
  if (adoption.question && !wish.consent && !wish.ask)
    Throw(*adoption.question);
}

[[noreturn]] void RefuseSeveral(const std::vector<LegacyPlace>& places) {
  std::string list;
  for (const LegacyPlace& place : places)
    list += Cat(list.empty() ? "" : ", ", place.table.text(), " of ",
                place.tool->name);
  Throw(LegacyTrouble(ErrorCode::kLegacyAmbiguous,
                      Cat("there are several trackers of other tools: ", list),
                      "name the one to take over with --from"));
}

std::optional<std::string> OrNull(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::vector<LegacyPlace> Runner::FindLegacyTrackers() {
  return FindLegacy(tracker_->table(), *database_);
}

std::optional<FormatKind> Runner::FormatAdopted() {
  const std::string from = Read().log.adopted_from();
  const Format* format = FindFormat(from.substr(from.rfind(' ') + 1));
  return format ? std::optional(format->kind) : std::nullopt;
}

LegacyPlace Runner::Locate(const AdoptWish& wish) {
  if (!wish.from.empty()) {
    const LegacyTool& tool = GetLegacyTool(wish.from);
    LegacyPlace place = LocateLegacy(tool, wish.tracker, *database_);
    if (place.table == tracker_->table()) {
      throw Error(ErrorCode::kUsage,
                  Cat("the table ", place.table.text(),
                      " would be both trackers, ours and that of ", tool.name),
                  "name one of them with --tracker or --legacy-tracker");
    }
    return place;
  }
  if (!wish.tracker.empty()) {
    throw Error(ErrorCode::kUsage,
                Cat("whose tracker ", wish.tracker, " is has not been said"),
                "name the tool with --from");
  }
  const std::vector<LegacyPlace> places = FindLegacyTrackers();
  if (places.size() > 1) RefuseSeveral(places);
  return places.empty() ? LegacyPlace{} : places.front();
}

Adoption Runner::PlanAdoptionOf(const LegacyPlace& place,
                                const AdoptWish& wish) {
  return PlanAdoption(*place.tool, place.table.text(),
                      ReadLegacy(place, *database_), migrations(), wish.map);
}

void Runner::HoldLocksOf(const LegacyPlace& place) {
  if (place.tool->lock_keys)
    legacy_keys_ =
        place.tool->lock_keys(place.table, database_->database_name());
}

Connection::Query Runner::Note(const LegacyPlace& place,
                               std::string_view what) {
  return ledger_->Append(
      {0,
       what,
       {},
       {},
       Cat(place.tool->name, ' ', place.table.text(), ' ',
           source_ ? source_->format().name : std::string_view("none"))});
}

// The rows of an adoption that was decided on under the lock.
std::vector<Connection::Query> Runner::AdoptionRows(const Adopted& adopted,
                                                    const AdoptWish& wish,
                                                    const Reading& reading) {
  std::vector<Connection::Query> rows;
  const engine::Dialect& dialect = database_->dialect();
  const std::string insert =
      dialect.Render(dialect.Choose(kInsert), tracker_->table());
  for (const AdoptedRow& row : adopted.adoption.rows) {
    rows.push_back(
        {insert,
         {row.version, row.name, row.checksum, OrNull(row.applied_at)}});
  }
  const Connection::Query note = Note(adopted.place, event::kAdopted);
  const bool noted = !reading.log.adopted_from().empty() && rows.empty();
  if (!noted) rows.push_back(note);
  if (wish.drop_legacy && adopted.place.exists) {
    rows.push_back(
        {Cat("DROP TABLE ", dialect.Quote(adopted.place.table)), {}});
  }
  return rows;
}

// After the applied set has been at work for a while: the old table goes, where
// it says nothing that the set does not say.
Adopted Runner::DropAdopted(const AdoptWish& wish, const Reading& reading) {
  Adopted adopted;
  adopted.was_applied = true;
  for (const Migration& file : migrations())
    if (!reading.state.Has(file))
      adopted.adoption.pending.push_back(file.version);
  if (!wish.drop_legacy) {
    if (!wish.from.empty()) adopted.place = Locate(wish);
    return adopted;
  }
  adopted.place = Locate(wish);
  if (!adopted.place.exists) return adopted;
  AdoptWish consenting = wish;
  consenting.consent = true;
  const Adoption adoption = PlanAdoptionOf(adopted.place, consenting);
  if (adoption.refusal) Throw(*adoption.refusal);
  std::vector<Version> lost;
  for (const AdoptedRow& row : adoption.rows) {
    const bool known = std::any_of(
        reading.state.applied.begin(), reading.state.applied.end(),
        [&](const AppliedRow& ours) { return ours.version == row.version; });
    if (!known) lost.push_back(row.version);
  }
  if (!lost.empty()) {
    Throw(LegacyTrouble(ErrorCode::kLegacyAmbiguous,
                        Cat("the tracker ", adopted.place.table.text(), " has ",
                            ListVersions(lost), " as applied, and ",
                            tracker_->table().text(), " does not"),
                        "it is not dropped; see which of the two is right"));
  }
  if (wish.dry_run) return adopted;
  HoldLocksOf(adopted.place);
  const std::string drop =
      Cat("DROP TABLE ", database_->dialect().Quote(adopted.place.table));
  WriteRows(
      [&](const Reading&) {
        return std::vector<Connection::Query>{{drop, {}}};
      },
      false);
  adopted.dropped = true;
  return adopted;
}

Adopted Runner::Adopt(const AdoptWish& wish) {
  if (tracker_->kind() != TrackerKind::kAppliedSet) {
    throw Error(ErrorCode::kUsage,
                Cat("a tracker of the kind ", tracker_->kind_name(),
                    " is used as it is; there is nothing to take over"),
                "take over into an applied set: leave --tracker-kind out");
  }
  const Reading first = Read();
  if (!first.state.applied.empty()) return DropAdopted(wish, first);
  Adopted adopted;
  adopted.place = Locate(wish);
  if (adopted.place.tool && !adopted.place.exists && !wish.tracker.empty()) {
    Throw(LegacyTrouble(
        ErrorCode::kLegacyAmbiguous,
        Cat("there is no table ", adopted.place.table.text(), " to take over"),
        "name it as SCHEMA.TABLE with --legacy-tracker"));
  }
  if (!adopted.place.exists) {
    for (const Migration& file : migrations())
      adopted.adoption.pending.push_back(file.version);
    return adopted;
  }
  adopted.adoption = PlanAdoptionOf(adopted.place, wish);
  const bool dirty = adopted.adoption.refusal &&
                     adopted.adoption.refusal->code == ErrorCode::kLegacyDirty;
  // While the other tool is at work its tracker looks dirty: what it is shows
  // under the lock.
  if (adopted.adoption.refusal && (!dirty || wish.dry_run))
    Throw(*adopted.adoption.refusal);
  RefuseQuestion(adopted.adoption, wish);
  if (wish.dry_run) return adopted;
  if (!dirty && wish.ask && !wish.ask(adopted.place, adopted.adoption)) {
    adopted.declined = true;
    return adopted;
  }
  HoldLocksOf(adopted.place);
  const std::vector<AdoptedRow> shown = adopted.adoption.rows;
  WriteRows(
      [&](const Reading& reading) {
        if (!reading.state.applied.empty()) {
          adopted.was_applied = true;
          return std::vector<Connection::Query>{};
        }
        adopted.adoption = PlanAdoptionOf(adopted.place, wish);
        if (adopted.adoption.refusal) Throw(*adopted.adoption.refusal);
        RefuseQuestion(adopted.adoption, wish);
        if (wish.ask && adopted.adoption.rows != shown) {
          Throw(LegacyTrouble(ErrorCode::kLegacyAmbiguous,
                              Cat("the tracker ", adopted.place.table.text(),
                                  " has changed since it was shown"),
                              "adopt again"));
        }
        return AdoptionRows(adopted, wish, reading);
      },
      true);
  adopted.dropped = wish.drop_legacy && !adopted.was_applied;
  return adopted;
}

// As the options have it, at the start of `up`. Returns whether the applied set
// is another now.
bool Runner::AdoptAtStart(const TrackerState& state, Report& report) {
  if (!options_.adopt || !state.applied.empty()) return false;
  const AdoptWish wish{.from = options_.adopt->from,
                       .tracker = options_.adopt->tracker,
                       .map = options_.version_map,
                       .consent = true,
                       .ask = {}};
  const LegacyPlace place = Locate(wish);
  const bool empty = !place.exists || [&] {
    const Adoption adoption = PlanAdoptionOf(place, wish);
    return !adoption.refusal && adoption.rows.empty();
  }();
  if (empty) return false;
  const Adopted adopted = Adopt(wish);
  if (adopted.was_applied) return true;
  report.adopted = adopted.adoption.rows.size();
  for (const std::string& warning : adopted.adoption.warnings) Warn(warning);
  const std::string text =
      Cat("took over ", report.adopted,
          report.adopted == 1 ? " version" : " versions", " from ",
          adopted.place.table.text(), " of ", adopted.place.tool->name);
  Progress progress;
  progress.kind = Progress::Kind::kAdopted;
  progress.text = text;
  Tell(options_, progress);
  return true;
}

// A trial changes nothing, and yet must not try what is applied.
void Runner::ImagineAdoption(TrackerState& state) {
  if (!options_.adopt || !state.applied.empty()) return;
  const AdoptWish wish{.from = options_.adopt->from,
                       .tracker = options_.adopt->tracker,
                       .map = options_.version_map,
                       .consent = true,
                       .ask = {}};
  const LegacyPlace place = Locate(wish);
  if (!place.exists) return;
  const Adoption adoption = PlanAdoptionOf(place, wish);
  if (adoption.refusal) Throw(*adoption.refusal);
  for (const AdoptedRow& row : adoption.rows)
    state.applied.push_back(
        {row.version, Cat(row.version), row.name, row.checksum, ""});
  state.Index();
}

HandedBack Runner::GiveBack(const std::string& name, const std::string& table,
                            bool dry_run) {
  const AdoptWish wish{.from = name, .tracker = table, .map = {}, .ask = {}};
  HandedBack back;
  back.place = Locate(wish);
  const LegacyTool& tool = *back.place.tool;
  if (tracker_->kind() != TrackerKind::kAppliedSet || !Read().state.exists) {
    throw Error(ErrorCode::kTrackerUnusable,
                Cat("there is no applied set ", tracker_->table().text(),
                    " to hand back from"),
                "name it with --tracker");
  }
  const auto plan = [&](const Reading& reading) {
    back.place = Locate(wish);
    back.plan = PlanHandBack(tool, ReadLegacy(back.place, *database_),
                             migrations(), reading.state, options_.version_map);
    if (back.plan.refusal) Throw(*back.plan.refusal);
  };
  if (dry_run || !tool.writer) {
    plan(Read());
    return back;
  }
  HoldLocksOf(back.place);
  WriteRows(
      [&](const Reading& reading) {
        plan(reading);
        return HandBackRows(back);
      },
      true);
  return back;
}

std::vector<Connection::Query> Runner::HandBackRows(const HandedBack& back) {
  const engine::Dialect& dialect = database_->dialect();
  const engine::TableName& table = back.place.table;
  const LegacyTool& tool = *back.place.tool;
  std::vector<Connection::Query> rows;
  if (!back.place.exists) {
    const Connection::Query exists[] = {
        database_->SchemaExistsQuery(table.schema)};
    if (!table.schema.empty() && !database_->Read(exists)[0].Get<bool>(0, 0))
      rows.push_back({Cat("CREATE SCHEMA ", dialect.Quote(table.schema)), {}});
    for (const engine::Forms& forms : tool.writer->create) {
      const std::string sql = dialect.Render(dialect.Choose(forms), table);
      if (!sql.empty()) rows.push_back({sql, {}});
    }
  }
  const bool counter = tool.shape == LegacyShape::kCounter;
  const bool changes = !back.plan.written.empty() || !back.plan.removed.empty();
  if (counter && changes)
    rows.push_back({dialect.Render("DELETE FROM {table}", table), {}});
  for (const LegacyRow& row : back.plan.removed) {
    if (!counter)
      rows.push_back(
          {dialect.Render(tool.writer->erase, table), {row.version}});
  }
  const std::string insert =
      dialect.Render(dialect.Choose(tool.writer->insert), table);
  for (const LegacyEntry& entry : back.plan.written)
    rows.push_back({insert, tool.writer->values(entry)});
  rows.push_back(Note(back.place, event::kHandedBack));
  return rows;
}

}  // namespace godwit::migrate
