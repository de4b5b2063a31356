// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/draft.h"

#include <algorithm>

#include "base/text.h"
#include "engine/database.h"
#include "engine/schema_engine.h"
#include "migrate/generated_mark.h"
#include "migrate/runner.h"
#include "sql/splitter.h"
#include "state/catalog/try_plan.h"

namespace godwit::state {

namespace {

using migrate::Format;
using migrate::Wish;
using migrate::Written;
using schema::Change;
using schema::Rename;

// The transaction is the file's own.
bool IsOfTransaction(const Change& change) {
  return change.kind == "begin" || change.kind == "commit";
}

bool NeedsNoTransaction(const Change& change, const sql::Lexicon& lexicon) {
  return std::ranges::any_of(change.sql, [&](const std::string& sql) {
    const auto statements = sql::Split(sql + ";", lexicon);
    return std::ranges::any_of(statements, [](const auto& statement) {
      return (statement.traits & sql::kNoTransaction) != 0;
    });
  });
}

bool Uses(const Change& change, const std::vector<std::string>& texts) {
  return std::ranges::any_of(texts, [&](const std::string& text) {
    return std::ranges::any_of(change.sql, [&](const std::string& sql) {
      return sql.find(text) != std::string::npos;
    });
  });
}

Written::Way WayOf(const std::vector<Change>& changes) {
  Written::Way way;
  for (const Change& change : changes) {
    for (const std::string& sql : change.sql) {
      Written::Statement& statement = way.statements.emplace_back();
      statement.sql = sql;
      if (&sql == &change.sql.front() && !change.loses.empty())
        statement.comments = {"destroys: " + change.loses};
    }
  }
  return way;
}

std::vector<std::string> NotBroughtBack(const std::vector<Change>& changes) {
  std::vector<std::string> comments;
  for (const Change& change : changes) {
    if (change.destructive && !change.loses.empty())
      comments.push_back("does not bring back: " + change.loses);
  }
  return comments;
}

class Draft {
 public:
  Draft(DevDatabase& database, const DraftRequest& request)
      : database_(database),
        request_(request),
        engine_(engine::SchemaEngineOf(database.connection().engine())),
        lexicon_(engine::DialectFor(database.connection().engine()).lexicon()) {
  }

  std::vector<Format::NewFile> Write();

 private:
  bool has_down() const {
    return request_.format.kind != migrate::FormatKind::kPlain;
  }
  std::vector<Format::NewFile> FilesOf(std::size_t number,
                                       const Written& migration) const;
  void Run(const std::vector<Format::NewFile>& files, Wish::Kind kind);
  schema::Catalog Inspect();
  void WriteDown(const schema::Catalog& from, const schema::Catalog& to,
                 const PlanPart& part, Written& migration);
  void TryBack(const std::vector<Format::NewFile>& files);

  DevDatabase& database_;
  const DraftRequest& request_;
  const engine::SchemaEngine& engine_;
  const sql::Lexicon& lexicon_;
};

std::vector<Format::NewFile> Draft::FilesOf(std::size_t number,
                                            const Written& migration) const {
  const std::string title =
      number == 0 ? request_.title : Cat(request_.title, '_', number + 1);
  return request_.format.write(request_.version(number), title, migration);
}

schema::Catalog Draft::Inspect() {
  return Narrow(engine_.Inspect(database_.connection()), request_.narrowing);
}

// Throws Error(kPlanFailed).
void Draft::Run(const std::vector<Format::NewFile>& files, Wish::Kind kind) {
  std::vector<EmbeddedMigration> embedded;
  for (const Format::NewFile& file : files)
    embedded.push_back({file.name, file.text, {}});
  const Migrations migrations{embedded, request_.format.name};
  const migrate::Source source = migrate::Source::FromEmbedded(migrations);
  try {
    migrate::Runner(database_.connection(), &source, {},
                    migrate::ProcessEnvironment())
        .RunUntracked({.kind = kind, .all = kind == Wish::Kind::kDown});
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kMigrationFailed) throw;
    if (database_.MakeMissing(error)) return Run(files, kind);
    ErrorInfo info = error.info();
    info.code = ErrorCode::kPlanFailed;
    info.version.reset();
    info.message = Cat("what was to be written fails on the scratch database: ",
                       info.message);
    info.state = "nothing was written";
    info.help =
        "this is a fault of godwit: please report it with the two schemas";
    throw Error(std::move(info));
  }
}

void Draft::WriteDown(const schema::Catalog& from, const schema::Catalog& to,
                      const PlanPart& part, Written& migration) {
  schema::Plan plan = engine_.MakePlan(
      from, to,
      {request_.online && !part.transaction, InverseRenames(request_.renames)});
  const std::vector<PlanPart> parts =
      CutPlan(plan, lexicon_, request_.online && !part.transaction);
  if (parts.size() > 1) migration.transaction = false;
  for (const PlanPart& back : parts) {
    for (Written::Statement& statement : WayOf(back.changes).statements)
      migration.down.statements.push_back(std::move(statement));
  }
  migration.down.comments = NotBroughtBack(part.changes);
}

void Draft::TryBack(const std::vector<Format::NewFile>& files) {
  Run(files, Wish::Kind::kDown);
  const schema::Catalog back = Inspect();
  const schema::Catalog from = Narrow(request_.from, request_.narrowing);
  CheckArrived(engine_, back, from, "the way down does not arrive");
  CheckArrived(engine_, from, back, "the way down does not arrive");
  Run(files, Wish::Kind::kUp);
  CheckArrived(engine_, Inspect(), Narrow(request_.goal, request_.narrowing),
               "the way up does not arrive the second time");
}

std::vector<Format::NewFile> Draft::Write() {
  std::vector<Format::NewFile> all;
  schema::Catalog before = Narrow(request_.from, request_.narrowing);
  for (std::size_t i = 0; i < request_.parts.size(); ++i) {
    const PlanPart& part = request_.parts[i];
    Written migration;
    migration.up = WayOf(part.changes);
    migration.transaction = part.transaction;
    Run(FilesOf(i, migration), Wish::Kind::kUp);
    schema::Catalog after = Inspect();
    if (has_down()) WriteDown(after, before, part, migration);
    for (Format::NewFile& file : FilesOf(i, migration)) {
      file.text = migrate::WithGeneratedMark(file.text);
      all.push_back(std::move(file));
    }
    before = std::move(after);
  }
  CheckArrived(engine_, before, Narrow(request_.goal, request_.narrowing),
               "the way up does not arrive");
  if (has_down()) TryBack(all);
  return all;
}

}  // namespace

std::vector<PlanPart> CutPlan(const schema::Plan& plan,
                              const sql::Lexicon& lexicon, bool online) {
  std::vector<PlanPart> parts;
  std::vector<std::string> uncommitted;
  bool is_whole = true;
  for (const Change& change : plan.changes) {
    if (IsOfTransaction(change)) continue;
    // A lock is held until the commit: what is proved after it was added shall
    // not be proved under that lock.
    if (NeedsNoTransaction(change, lexicon) ||
        (online && change.sql.size() > 1))
      is_whole = false;
    if (parts.empty() || Uses(change, uncommitted)) {
      parts.emplace_back();
      uncommitted.clear();
    }
    parts.back().changes.push_back(change);
    uncommitted.insert(uncommitted.end(), change.after_commit.begin(),
                       change.after_commit.end());
  }
  if (is_whole || parts.empty()) return parts;
  PlanPart one{.changes = {}, .transaction = false};
  for (PlanPart& part : parts) {
    for (Change& change : part.changes)
      one.changes.push_back(std::move(change));
  }
  return {std::move(one)};
}

std::vector<Rename> InverseRenames(const std::vector<Rename>& renames) {
  std::vector<Rename> inverse;
  for (const Rename& rename : renames) {
    Rename back = rename;
    std::swap(back.from, back.to);
    if (rename.kind == Rename::Kind::kTable ||
        rename.kind == Rename::Kind::kIndex ||
        rename.kind == Rename::Kind::kType) {
      back.parent.name = rename.from;
    } else {
      for (const Rename& other : renames) {
        const bool holds = (other.kind == Rename::Kind::kTable ||
                            other.kind == Rename::Kind::kType) &&
                           other.parent == rename.parent;
        if (holds) back.parent.name = other.from;
      }
    }
    inverse.push_back(std::move(back));
  }
  return inverse;
}

std::vector<Format::NewFile> DraftMigrations(DevDatabase& database,
                                             const DraftRequest& request) {
  return Draft(database, request).Write();
}

}  // namespace godwit::state
