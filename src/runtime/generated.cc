// SPDX-License-Identifier: Apache-2.0
#include "godwit/generated.h"

#include "base/text.h"
#include "godwit/pool.h"
#include "runtime/prepared_query.h"
#include "runtime/session.h"

namespace godwit {

Executor::Executor(Transaction& transaction)
    : connection_(&transaction.connection()) {}
Executor::Executor(Lease& lease) : connection_(&*lease) {}

}  // namespace godwit

namespace godwit::internal {

namespace {

// The error with the query's name and place; what it was about stays.
[[noreturn]] void Rethrow(const QueryText& query, const Error& error,
                          std::string_view what = {}) {
  ErrorInfo info = error.info();
  info.message = Cat("query ", query.name, ": ", what, info.message);
  info.where.file = query.file;
  info.where.line = query.line;
  throw Error(std::move(info));
}

// "cached plan must not change result type", and a name that is not there.
bool IsOutOfDate(const Error& error) {
  return error.sqlstate() == "26000" ||
         (error.sqlstate() == "0A000" &&
          error.info().message.find("cached plan") != std::string::npos);
}

// Calls `run` with the query as it was prepared on this connection. Where the
// server no longer takes what was prepared (a table's columns have changed, the
// statement is gone) it is prepared again, once; not in a transaction, which
// that error has ended.
template <typename F>
auto WithQuery(Session& session, const QueryText& query, F run) {
  const bool in_transaction = session.in_transaction();
  try {
    return run(session.queries().Find(session, query.sql));
  } catch (const Error& error) {
    if (!IsOutOfDate(error)) throw;
    session.queries().Drop(query.sql);
    if (in_transaction) throw;
  }
  return run(session.queries().Find(session, query.sql));
}

Rows Start(Executor db, const QueryText& query, const Binder& bind,
           RowMode mode) {
  Session& session = db.connection().session();
  try {
    return WithQuery(session, query,
                     [&](const std::shared_ptr<PreparedQuery>& run) {
                       Rows rows(query, run);
                       do {
                         bind(run->Begin(mode));
                       } while (!run->Start());
                       return rows;
                     });
  } catch (const Error& error) {
    Rethrow(query, error);
  }
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Which of many it was, from 1.
std::string Which(std::size_t failed) {
  return failed == kNone ? std::string() : Cat("row ", failed + 1, ": ");
}

}  // namespace

void EndRows::operator()(Rows* rows) const {
  delete rows;
}

bool NextRow(Rows& rows) {
  return rows.Next();
}

Rows::Rows(const QueryText& query, std::shared_ptr<PreparedQuery> run)
    : query_(&query), run_(std::move(run)) {}

Rows::~Rows() {
  if (run_ != nullptr) run_->End();
}

bool Rows::Next() {
  try {
    const bool there = run_->Next();
    row_ = there ? run_->row() : std::span<const Field>();
    return there;
  } catch (const Error& error) {
    Rethrow(*query_, error);
  }
}

void Rows::First() {
  if (!Next())
    Rethrow(*query_, Error(ErrorCode::kStatementFailed, "it returned no row"));
}

void Rows::Finish() {
  try {
    run_->Finish();
  } catch (const Error& error) {
    Rethrow(*query_, error);
  }
}

std::size_t Rows::count() const {
  return run_->count();
}

std::int64_t Rows::changed() const {
  return run_->changed();
}

void Rows::Refuse(const Error& error, std::size_t column) const {
  Rethrow(*query_, error, Cat("column ", run_->ColumnName(column), ": "));
}

Rows RunBound(Executor db, const QueryText& query, const Binder& bind) {
  return Start(db, query, bind, RowMode::kAll);
}

Rows StreamBound(Executor db, const QueryText& query, const Binder& bind) {
  return Start(db, query, bind, RowMode::kStream);
}

std::int64_t RunEach(Executor db, const QueryText& query, std::size_t count,
                     const EachBinder& bind, const EachReader& read) {
  if (count == 0) return 0;
  std::size_t failed = kNone;
  bool reading = false;  // whose errors say all that there is to say
  try {
    return WithQuery(db.connection().session(), query,
                     [&](const std::shared_ptr<PreparedQuery>& run) {
                       Rows rows(query, run);
                       const auto each = [&](std::size_t index) {
                         reading = true;
                         read(rows, index);
                         reading = false;
                       };
                       return run->RunEach(count, bind, each, failed);
                     });
  } catch (const Error& error) {
    if (reading) throw;
    Rethrow(query, error, Which(failed));
  }
}

std::int64_t RunEach(Executor db, const QueryText& query, std::size_t count,
                     const EachBinder& bind) {
  const auto none = [](Rows&, std::size_t) {};
  return RunEach(db, query, count, bind, none);
}

std::int64_t CopyEach(Executor db, const QueryText& query, std::size_t count,
                      const EachBinder& bind) {
  std::size_t failed = kNone;
  if (!query.copy.empty() && count > 0) {
    try {
      const std::optional<std::int64_t> copied =
          WithQuery(db.connection().session(), query,
                    [&](const std::shared_ptr<PreparedQuery>& run) {
                      const Rows rows(query, run);
                      return run->CopyEach(query.copy, count, bind, failed);
                    });
      if (copied) return *copied;
    } catch (const Error& error) {
      Rethrow(query, error, Which(failed));
    }
  }
  return RunEach(db, query, count, bind);
}

std::int64_t LastInsertId(Executor db) {
  return db.connection().session().last_insert_id();
}

}  // namespace godwit::internal
