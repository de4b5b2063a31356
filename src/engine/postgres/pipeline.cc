// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/pipeline.h"

#include "base/text.h"
#include "engine/engines.h"

namespace godwit::engine {

namespace {

constexpr std::size_t kMostUnread = 64 * 1024;

Failure::At Where(int kind) {
  constexpr Failure::At kAt[] = {Failure::At::kBefore, Failure::At::kBefore,
                                 Failure::At::kBefore, Failure::At::kBody,
                                 Failure::At::kAfter,  Failure::At::kCommit};
  return kAt[kind];
}

}  // namespace

void Pipeline::Send(std::string_view sql, std::span<const Value> parameters,
                    Sent sent) {
  session_.Send(sql, parameters, internal::RowUse::kDiscard);
  waiting_.push_back(sent);
  ReadWhatIsThere();
}

// For the transaction alone: what the file has set holds to its end.
void Pipeline::SendLogin(std::size_t index) {
  for (const char* sql :
       {"SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL role TO DEFAULT"})
    Send(sql, {}, {Sent::Kind::kSetting, index, 0});
}

void Pipeline::SendHead(const Unit& unit, std::size_t index, bool is_last) {
  const bool only_rows = unit.as_login && unit.body.empty();
  Send(only_rows ? "BEGIN READ WRITE" : "BEGIN", {},
       {Sent::Kind::kBegin, index, 0});
  for (std::size_t i = 0; i < unit.transaction_modes() && !failure_; ++i)
    Send(unit.body[i].text, {}, {Sent::Kind::kBody, index, i});
  if (!is_last)
    Send("SET LOCAL synchronous_commit = off", {},
         {Sent::Kind::kSetting, index, 0});
  asynchronous_ = asynchronous_ || !is_last;
  if (only_rows) SendLogin(index);
  for (std::size_t i = 0; i < unit.before.size(); ++i) {
    Send(unit.before[i].sql, unit.before[i].parameters,
         {Sent::Kind::kBefore, index, i});
  }
  if (!unit.role.empty()) {
    Send(Cat("SET LOCAL ROLE ", PostgresDialect().Quote(unit.role)), {},
         {Sent::Kind::kSetting, index, 0});
  }
}

// With the login's own role, whatever the body has set.
void Pipeline::SendAfter(const Unit& unit, std::size_t index) {
  if (unit.after.empty()) return;
  if (unit.as_login) SendLogin(index);
  if (unit.restores_session)
    Send("SET SESSION AUTHORIZATION DEFAULT", {},
         {Sent::Kind::kSetting, index, 0});
  if (unit.restores_session || (!unit.role.empty() && !unit.as_login))
    Send("RESET ROLE", {}, {Sent::Kind::kSetting, index, 0});
  for (std::size_t i = 0; i < unit.after.size(); ++i) {
    Send(unit.after[i].sql, unit.after[i].parameters,
         {Sent::Kind::kAfter, index, i});
  }
}

// In a transaction of its own: without one the next BEGIN would go on with the
// implicit transaction of these statements, which began under the old settings
// (default_transaction_read_only).
void Pipeline::SendRestore(const Unit& unit, std::size_t index) {
  if (!unit.restores_session) return;
  const Sent setting{Sent::Kind::kSetting, index, 0};
  Send("BEGIN", {}, setting);
  for (const std::string& sql : restore_) Send(sql, {}, setting);
  Send("COMMIT", {}, setting);
}

void Pipeline::SendUnit(const Unit& unit, std::size_t index, bool is_last) {
  SendHead(unit, index, is_last);
  for (std::size_t i = unit.transaction_modes();
       i < unit.body.size() && !failure_; ++i) {
    Send(unit.body[i].text, {}, {Sent::Kind::kBody, index, i});
  }
  SendAfter(unit, index);
  Send("COMMIT", {}, {Sent::Kind::kCommit, index, 0});
  // Without it the server keeps its replies until the Sync.
  session_.SendFlushRequest();
  SendRestore(unit, index);
}

std::size_t Pipeline::RunSegment(std::span<const Unit> units, std::size_t first,
                                 std::size_t last) {
  committed_ = 0;
  since_ = std::chrono::steady_clock::now();
  session_.EnterPipeline();
  for (std::size_t i = 0; i < units.size() && !failure_; ++i) {
    SendUnit(units[i], first + i, first + i == last);
  }
  ReadToSync();
  session_.LeavePipeline();
  RollBackIfNeeded();
  return committed_;
}

void Pipeline::Take(const internal::Reply& reply) {
  using Kind = internal::Reply::Kind;
  if (reply.kind == Kind::kSync || waiting_.empty()) return;
  const Sent sent = waiting_.front();
  waiting_.pop_front();
  if (reply.kind == Kind::kError) return Fail(sent, reply.error);
  if (reply.kind == Kind::kAborted) return;
  if (sent.kind == Sent::Kind::kBegin) observer_.OnStarted(sent.unit);
  if (sent.kind == Sent::Kind::kCommit) {
    const auto now = std::chrono::steady_clock::now();
    ++committed_;
    observer_.OnFinished(
        sent.unit,
        std::chrono::duration_cast<std::chrono::microseconds>(now - since_));
    since_ = now;
  }
}

void Pipeline::Fail(const Sent& sent, const ErrorInfo& error) {
  if (failure_) return;
  // The stop that may have ended the run must not end its ROLLBACK.
  session_.set_stop_token({});
  failure_ =
      Failure{sent.unit, Where(static_cast<int>(sent.kind)), sent.index, error};
}

void Pipeline::ReadWhatIsThere() {
  while (auto reply = session_.TryReceive()) Take(*reply);
  while (session_.unread_bytes() > kMostUnread) {
    session_.SendFlushRequest();
    Take(session_.Receive());
  }
}

void Pipeline::ReadToSync() {
  session_.SendSync();
  while (true) {
    const internal::Reply reply = session_.Receive();
    if (reply.kind == internal::Reply::Kind::kSync) break;
    Take(reply);
  }
  waiting_.clear();
}

void Pipeline::RollBackIfNeeded() {
  const auto status = session_.transaction_status();
  if (status != internal::TransactionStatus::kIdle && failure_)
    session_.Run("ROLLBACK");
}

bool Pipeline::RunAlone(std::string_view sql, const Sent& sent) {
  try {
    session_.Run(sql);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kConnectFailed) throw;
    Fail(sent, error.info());
  }
  return !failure_;
}

// Stretches between two COPYs go down a pipeline, each read to its Sync before
// the data is sent. The transaction is an explicit one, so a Sync inside is
// harmless.
bool Pipeline::RunWithCopy(const Unit& unit, std::size_t index, bool is_last) {
  since_ = std::chrono::steady_clock::now();
  committed_ = 0;
  session_.EnterPipeline();
  SendHead(unit, index, is_last);
  for (std::size_t i = unit.transaction_modes();
       i < unit.body.size() && !failure_; ++i) {
    const sql::StatementView& statement = unit.body[i];
    const Sent sent{Sent::Kind::kBody, index, i};
    if (!(statement.traits & sql::kCopyFromStdin)) {
      Send(statement.text, {}, sent);
      continue;
    }
    ReadToSync();
    session_.LeavePipeline();
    try {
      if (!failure_) session_.Copy(statement.text, statement.copy_data);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kConnectFailed) throw;
      Fail(sent, error.info());
    }
    session_.EnterPipeline();
  }
  if (!failure_) {
    SendAfter(unit, index);
    // Everything before COMMIT is known to have worked before it is sent.
    ReadToSync();
    if (!failure_) Send("COMMIT", {}, {Sent::Kind::kCommit, index, 0});
    if (!failure_) SendRestore(unit, index);
  }
  ReadToSync();
  session_.LeavePipeline();
  RollBackIfNeeded();
  return !failure_;
}

bool Pipeline::RunAutocommit(const Unit& unit, std::size_t index) {
  since_ = std::chrono::steady_clock::now();
  observer_.OnStarted(index);
  const Sent setting{Sent::Kind::kSetting, index, 0};
  if (!unit.role.empty())
    RunAlone(Cat("SET ROLE ", PostgresDialect().Quote(unit.role)), setting);
  for (std::size_t i = 0; i < unit.body.size() && !failure_; ++i) {
    const sql::StatementView& statement = unit.body[i];
    const Sent sent{Sent::Kind::kBody, index, i};
    if (statement.traits & sql::kCopyFromStdin) {
      try {
        session_.Copy(statement.text, statement.copy_data);
      } catch (const Error& error) {
        if (error.code() == ErrorCode::kConnectFailed) throw;
        Fail(sent, error.info());
      }
    } else {
      RunAlone(statement.text, sent);
    }
  }
  if (session_.transaction_status() != internal::TransactionStatus::kIdle) {
    if (!failure_) {
      Fail({Sent::Kind::kCommit, index, 0},
           Error(ErrorCode::kTransactionControl,
                 "a transaction that the file opened is still open at its end")
               .info());
    }
    session_.Run("ROLLBACK");
  }
  if (!unit.role.empty()) session_.Run("RESET ROLE");
  if (!failure_) {
    observer_.OnFinished(index,
                         std::chrono::duration_cast<std::chrono::microseconds>(
                             std::chrono::steady_clock::now() - since_));
  }
  return !failure_;
}

}  // namespace godwit::engine
