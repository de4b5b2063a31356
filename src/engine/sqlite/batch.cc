// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/batch.h"

#include "base/text.h"
#include "engine/sqlite/foreign_keys.h"
#include "engine/sqlite/session_settings.h"

namespace godwit::engine {

namespace {

using internal::SqliteSession;

ErrorInfo Problem(std::string message, std::string help) {
  return Error(ErrorCode::kMigrationFailed, std::move(message), std::move(help))
      .info();
}

// A statement of a batch, and what it did to the transaction.
std::optional<ErrorInfo> RunOne(SqliteSession& session,
                                const sql::StatementView& statement,
                                ChildRows& children) {
  try {
    const bool drops = statement.traits & sql::kDropTable;
    if (drops) children.BeforeDrop(session, statement);
    session.Run(statement.text);
    if (!drops)
      children.After(statement);
    else if (session.in_transaction())
      children.AfterDrop(session);
  } catch (const Error& error) {
    return error.info();
  }
  if (session.in_transaction()) return std::nullopt;
  return Problem(
      "the statement ended the transaction that its migration runs in",
      "remove ROLLBACK from it; a migration is one transaction");
}

std::optional<Failure> RunQueries(SqliteSession& session,
                                  std::span<const Connection::Query> queries,
                                  Failure::At at, std::size_t index) {
  for (std::size_t i = 0; i < queries.size(); ++i) {
    try {
      session.Execute(queries[i].sql, queries[i].parameters);
    } catch (const Error& error) {
      return Failure{index, at, i, error.info()};
    }
  }
  return std::nullopt;
}

// What is looked at when a unit's statements have run.
std::optional<ErrorInfo> Judge(SqliteSession& session,
                               const ChildRows& children) {
  try {
    if (auto loss = children.Loss(session)) return loss;
  } catch (const Error& error) {
    return error.info();
  }
  if (!session.has_deferred_violations()) return std::nullopt;
  return Problem("foreign keys are violated at the end of the migration",
                 "'PRAGMA foreign_key_check' lists the rows; every reference "
                 "must have its row "
                 "when the file ends");
}

std::optional<Failure> RunBody(SqliteSession& session, const Unit& unit,
                               std::size_t index, bool skip_foreign_keys) {
  ChildRows children;
  if (auto failure =
          RunQueries(session, unit.before, Failure::At::kBefore, index))
    return failure;
  for (std::size_t i = 0; i < unit.body.size(); ++i) {
    if (skip_foreign_keys && (unit.body[i].traits & sql::kForeignKeysPragma))
      continue;
    if (auto error = RunOne(session, unit.body[i], children))
      return Failure{index, Failure::At::kBody, i, *error};
  }
  if (auto failure =
          RunQueries(session, unit.after, Failure::At::kAfter, index))
    return failure;
  if (auto error = Judge(session, children))
    return Failure{index, Failure::At::kCommit, 0, *error};
  return std::nullopt;
}

std::optional<ErrorInfo> NewViolation(const Violations& before,
                                      const Violations& after) {
  for (const auto& [where, count] : after) {
    const auto old = before.find(where);
    const std::int64_t known = old == before.end() ? 0 : old->second;
    if (count <= known) continue;
    return Problem(
        Cat("the migration leaves ", count - known, " dangling reference",
            count - known == 1 ? "" : "s", " (", where, ")"),
        "it ran with foreign keys off; keep the referenced rows, or delete "
        "those that "
        "refer to them");
  }
  return std::nullopt;
}

// The first setting in the file decides for the whole transaction: inside of
// one SQLite ignores the PRAGMA.
std::optional<bool> WantedForeignKeys(const Unit& unit) {
  for (const sql::StatementView& statement : unit.body) {
    if (!(statement.traits & sql::kForeignKeysPragma)) continue;
    if (auto value = ForeignKeysValue(statement.text)) return value;
  }
  return std::nullopt;
}

std::optional<Failure> RunChecked(SqliteSession& session, const Unit& unit,
                                  std::size_t index) {
  const Failure at_commit{index, Failure::At::kCommit, 0, {}};
  const auto wanted = WantedForeignKeys(unit);
  if (wanted) session.Run(Cat("PRAGMA foreign_keys = ", *wanted ? 1 : 0));
  session.Run("BEGIN IMMEDIATE");
  Violations before;
  if (wanted && !*wanted) before = FindViolations(session);
  std::optional<Failure> failure = RunBody(session, unit, index, true);
  if (!failure && wanted && !*wanted) {
    if (auto error = NewViolation(before, FindViolations(session))) {
      failure = at_commit;
      failure->error = *error;
    }
  }
  if (failure) return failure;
  try {
    session.Run("COMMIT");
  } catch (const Error& error) {
    failure = at_commit;
    failure->error = error.info();
  }
  return failure;
}

}  // namespace

void RollBack(SqliteSession& session) noexcept {
  try {
    // The stop that ended the run must not end its ROLLBACK.
    session.set_stop_token({});
    if (session.in_transaction()) session.Run("ROLLBACK");
  } catch (const Error&) {
    // SQLite has rolled back by itself, or the file cannot be written; the
    // journal does it when the file is opened next.
  }
}

std::optional<Failure> RunInTransaction(SqliteSession& session,
                                        const Unit& unit, std::size_t index) {
  return RunBody(session, unit, index, false);
}

std::optional<Failure> RunInOwnTransaction(SqliteSession& session,
                                           const Unit& unit,
                                           std::size_t index) {
  const SessionSettings settings = SessionSettings::Read(session);
  std::optional<Failure> failure;
  try {
    failure = RunChecked(session, unit, index);
  } catch (const Error& error) {
    failure = Failure{index, Failure::At::kCommit, 0, error.info()};
  }
  if (failure) RollBack(session);
  try {
    settings.PutBack(session);
  } catch (const Error& error) {
    if (!failure)
      failure = Failure{index, Failure::At::kCommit, 0, error.info()};
  }
  return failure;
}

namespace {

// Neither the outcome of a statement nor the version could be recorded.
std::optional<ErrorInfo> QueryOnly(SqliteSession& session,
                                   const sql::StatementView& statement) {
  if (!(statement.traits & sql::kOwnStep)) return std::nullopt;
  const Result row = session.Execute("PRAGMA query_only", {});
  if (row.empty() || !row.Get<bool>(0, 0)) return std::nullopt;
  return Problem(
      "with query_only on the migration could not be recorded",
      "take the statement out; godwit puts the settings back after each file");
}

}  // namespace

std::optional<Failure> RunAutocommit(SqliteSession& session, const Unit& unit,
                                     std::size_t index) {
  std::optional<Failure> failure;
  for (std::size_t i = 0; i < unit.body.size() && !failure; ++i) {
    try {
      session.Run(unit.body[i].text);
      if (const auto error = QueryOnly(session, unit.body[i]))
        failure = Failure{index, Failure::At::kBody, i, *error};
    } catch (const Error& error) {
      failure = Failure{index, Failure::At::kBody, i, error.info()};
    }
  }
  if (session.in_transaction()) {
    if (!failure) {
      failure = Failure{
          index, Failure::At::kCommit, 0,
          Error(ErrorCode::kTransactionControl,
                "a transaction that the file opened is still open at its end")
              .info()};
    }
    RollBack(session);
  }
  return failure;
}

}  // namespace godwit::engine
