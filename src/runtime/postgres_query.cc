// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_query.h"

#include <utility>

#include "base/text.h"
#include "runtime/postgres_arguments.h"
#include "runtime/postgres_copy.h"
#include "runtime/postgres_describe.h"
#include "runtime/postgres_error.h"
#include "runtime/postgres_parameters.h"
#include "runtime/postgres_rows.h"
#include "runtime/postgres_statement.h"
#include "runtime/postgres_words.h"

namespace godwit::internal {

namespace {

constexpr int kText = 0;
constexpr int kBinary = 1;
// Small statements leave in packets of about this size; a server that does not
// read holds the sending back when so much is unsent.
constexpr std::size_t kPacket = 16 * 1024;
constexpr std::size_t kMostUnsent = 256 * 1024;
// Undoes the part of a batch that was sent, where the rest cannot be.
constexpr const char* kGiveUp =
    "SELECT 'the client gave the batch up'::pg_catalog.int4";

// https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
constexpr std::string_view kCopyHead("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kCopyEnd("\377\377");
constexpr std::size_t kCopyPiece = 64 * 1024;

// Whether what the statement has done is lost with nothing when it is
// cancelled: it writes nothing itself.
bool OnlyReads(std::string_view sql) {
  Words words(sql);
  for (std::string_view word = words.Next(); !word.empty();
       word = words.Next()) {
    for (const std::string_view writes :
         {"insert", "update", "delete", "merge", "call"}) {
      if (EqualsIgnoringCase(word, writes)) return false;
    }
  }
  return true;
}

// "COPY parts, line 3, column id": the 3.
std::size_t LineOfCopy(std::string_view context) {
  constexpr std::string_view kLine = ", line ";
  const std::size_t at = context.find(kLine);
  if (!context.starts_with("COPY ") || at == context.npos) return 0;
  const std::string_view rest = context.substr(at + kLine.size());
  const std::size_t end = rest.find_first_not_of("0123456789");
  return static_cast<std::size_t>(ParseInt64(rest.substr(0, end)).value_or(0));
}

class PostgresQuery final : public PreparedQuery {
 public:
  PostgresQuery(const std::shared_ptr<Wire>& wire, const PostgresTypes& types,
                std::string name, std::string_view sql,
                const StatementDescription& described);
  ~PostgresQuery() override;

  Arguments& Begin(RowMode mode) override;
  bool Start() override;
  bool Next() override;
  std::string ColumnName(std::size_t column) const override;
  std::size_t count() const override {
    return mode_ == RowMode::kAll ? static_cast<std::size_t>(rows_) : 0;
  }
  std::int64_t changed() const override {
    return result_ == nullptr ? 0 : ChangedRows(result_.get());
  }
  void Finish() override {}
  void Abandon() override { LeaveStream(true); }
  void End() override;
  std::int64_t RunEach(std::size_t count, const EachBinder& bind,
                       const Reader& read, std::size_t& failed) override;
  std::optional<std::int64_t> CopyEach(std::string_view copy, std::size_t count,
                                       const EachBinder& bind,
                                       std::size_t& failed) override;

 private:
  // What came back for many runs.
  struct Batch {
    std::vector<ResultHandle> results;
    std::size_t sent = 0;
    std::size_t answered = 0;
    std::size_t unflushed = 0;
    bool synced = false;
    std::int64_t changed = 0;
    std::optional<ErrorInfo> error;
    std::size_t failed = 0;
  };

  void Send();
  void ReadAll();
  void BeginStream();
  bool NextStreamed();
  void LeaveStream(bool early);
  void Keep(ResultHandle result);
  void CheckTypes() const;
  bool LoadRow(int row);
  void SendBatch(std::size_t count, const EachBinder& bind, Batch& batch);
  void Pump(Batch& batch);
  void Step(Batch& batch);
  void CloseBatch(Batch& batch);

  Wire& wire_;  // of the connection that runs it; see held_ and alive_
  std::weak_ptr<Wire> alive_;
  std::shared_ptr<Wire> held_;  // by a stream
  const PostgresTypes& types_;
  std::string name_;
  std::string sql_;
  std::vector<Oid> parameter_oids_;
  std::vector<Oid> column_oids_;
  int format_ = kBinary;  // of the columns, one for all
  PostgresArguments arguments_;

  RowMode mode_ = RowMode::kAll;
  ResultHandle result_;
  int rows_ = 0;
  int row_ = -1;
  bool in_transaction_ = false;
  bool read_to_end_ = false;  // a stream
};

std::vector<PostgresType> TypesOf(const PostgresTypes& types,
                                  const std::vector<Oid>& oids) {
  std::vector<PostgresType> found;
  for (const Oid oid : oids) found.push_back(types.Find(oid));
  return found;
}

PostgresQuery::PostgresQuery(const std::shared_ptr<Wire>& wire,
                             const PostgresTypes& types, std::string name,
                             std::string_view sql,
                             const StatementDescription& described)
    : wire_(*wire),
      alive_(wire),
      types_(types),
      name_(std::move(name)),
      sql_(sql),
      parameter_oids_(described.parameters.begin(), described.parameters.end()),
      arguments_(TypesOf(types, parameter_oids_)) {
  for (const StatementDescription::Column& column : described.columns) {
    column_oids_.push_back(column.type);
    const PostgresType type = types.Find(column.type);
    Field& field = fields_.emplace_back();
    field.type = type.type;
    field.element = type.element;
    if (type.type == WireType::kUnknown) format_ = kText;
  }
}

// Where the server would not listen (a failed transaction, a pipeline, a
// stream) the statement stays until the session ends; its name is not used
// again.
PostgresQuery::~PostgresQuery() {
  const std::shared_ptr<Wire> wire = alive_.lock();
  if (wire == nullptr || name_.empty()) return;
  DeallocateStatement(*wire, name_);
}

Arguments& PostgresQuery::Begin(RowMode mode) {
  in_use_ = true;
  mode_ = mode;
  result_.reset();
  rows_ = 0;
  row_ = -1;
  read_to_end_ = false;
  arguments_.Begin();
  return arguments_;
}

void PostgresQuery::Send() {
  const PostgresArguments& a = arguments_;
  const int sent =
      name_.empty()
          ? PQsendQueryParams(wire_.get(), sql_.c_str(), a.count(),
                              parameter_oids_.data(), a.values(), a.lengths(),
                              a.formats(), format_)
          : PQsendQueryPrepared(wire_.get(), name_.c_str(), a.count(),
                                a.values(), a.lengths(), a.formats(), format_);
  if (sent == 0) wire_.SendFailed();
}

bool PostgresQuery::Start() {
  if (!arguments_.Finish()) return false;
  if (PQpipelineStatus(wire_.get()) != PQ_PIPELINE_OFF)
    throw Error(ErrorCode::kInternal,
                "a query was executed inside of a pipeline");
  wire_.BeginCommand({});
  in_transaction_ = PQtransactionStatus(wire_.get()) == PQTRANS_INTRANS;
  Send();
  if (mode_ == RowMode::kStream)
    BeginStream();
  else
    ReadAll();
  return true;
}

// A type that is not the one described: the table has changed since, and the
// statement is not a prepared one.
void PostgresQuery::Keep(ResultHandle result) {
  const auto width = static_cast<std::size_t>(PQnfields(result.get()));
  column_oids_.resize(width);
  fields_.resize(width);
  for (std::size_t i = 0; i < width; ++i) {
    const Oid oid = PQftype(result.get(), static_cast<int>(i));
    if (oid == column_oids_[i]) continue;
    column_oids_[i] = oid;
    const PostgresType type = types_.Find(oid);
    fields_[i].type = type.type;
    fields_[i].element = type.element;
  }
  result_ = std::move(result);
  rows_ = PQntuples(result_.get());
  row_ = -1;
}

void PostgresQuery::CheckTypes() const {
  for (const Field& field : fields_) {
    if (format_ == kBinary && field.type == WireType::kUnknown)
      throw Error(ErrorCode::kInternal, "the type of a column has changed",
                  "generate the code again");
  }
}

// What is not empty cannot be NULL, which saves a call for most.
bool PostgresQuery::LoadRow(int row) {
  const PGresult* const result = result_.get();
  const Field::Kind kind =
      format_ == kBinary ? Field::Kind::kBinary : Field::Kind::kText;
  for (int i = 0; i < static_cast<int>(fields_.size()); ++i) {
    Field& field = fields_[static_cast<std::size_t>(i)];
    const int length = PQgetlength(result, row, i);
    field.kind = length == 0 && PQgetisnull(result, row, i) != 0
                     ? Field::Kind::kNull
                     : kind;
    field.data = PQgetvalue(result, row, i);
    field.size = static_cast<std::size_t>(length);
  }
  return true;
}

void PostgresQuery::ReadAll() {
  std::optional<ErrorInfo> error;
  while (ResultHandle result = wire_.NextResult()) {
    switch (PQresultStatus(result.get())) {
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
      case PGRES_EMPTY_QUERY:
        Keep(std::move(result));
        break;
      default:
        if (EndsSession(result.get())) wire_.Lost(result.get());
        if (!error) error = wire_.Describe(result.get());
    }
  }
  if (error) throw Error(*std::move(error));
  CheckTypes();
}

// The first row is fetched at once: what the server refuses is said where the
// stream begins.
void PostgresQuery::BeginStream() {
  PQsetSingleRowMode(wire_.get());
  held_ = alive_.lock();
  wire_.set_stream(this);
  if (NextStreamed()) row_ = -1;
}

bool PostgresQuery::NextStreamed() {
  ResultHandle result = wire_.NextResult();
  if (result != nullptr && PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
    Keep(std::move(result));
    CheckTypes();
    row_ = 0;
    return LoadRow(0);
  }
  std::optional<ErrorInfo> error;
  for (; result != nullptr; result = wire_.NextResult()) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) continue;
    if (EndsSession(result.get())) wire_.Lost(result.get());
    if (!error) error = wire_.Describe(result.get());
  }
  result_.reset();
  rows_ = 0;
  read_to_end_ = true;
  LeaveStream(false);
  if (error) throw Error(*std::move(error));
  return false;
}

// What is left of a stream has to be read before the connection can serve
// another. Where nothing is lost with it, the statement is cancelled first; in
// a transaction that would end it.
void PostgresQuery::LeaveStream(bool early) {
  if (held_ == nullptr) return;
  wire_.set_stream(nullptr);
  try {
    if (early && !in_transaction_ && OnlyReads(sql_)) wire_.RequestCancel();
    while (early && wire_.NextResult() != nullptr) {
    }
  } catch (const Error&) {
    // The connection is lost; whoever uses it next will be told.
  }
  held_.reset();
}

bool PostgresQuery::Next() {
  if (mode_ == RowMode::kAll) return ++row_ < rows_ && LoadRow(row_);
  if (read_to_end_) return false;
  if (held_ != nullptr && result_ != nullptr && row_ < 0) {
    row_ = 0;
    return true;
  }
  if (held_ != nullptr) return NextStreamed();
  throw Error(ErrorCode::kUsage,
              "the stream has ended with its transaction or its lease");
}

std::string PostgresQuery::ColumnName(std::size_t column) const {
  const char* name = PQfname(result_.get(), static_cast<int>(column));
  return name == nullptr ? "?" : name;
}

void PostgresQuery::End() {
  LeaveStream(true);
  result_.reset();
  rows_ = 0;
  in_use_ = false;
}

void PostgresQuery::SendBatch(std::size_t count, const EachBinder& bind,
                              Batch& batch) {
  for (; batch.sent < count; ++batch.sent) {
    do {
      arguments_.Begin();
      bind(arguments_, batch.sent);
    } while (!arguments_.Finish());
    Send();
    batch.unflushed += arguments_.rows().size() + name_.size();
    if (batch.unflushed >= kPacket) Pump(batch);
    if (batch.error) return;
  }
}

// Reads while it writes: a server that cannot send its replies stops reading.
void PostgresQuery::Pump(Batch& batch) {
  while (true) {
    if (wire_.Flush()) batch.unflushed = 0;
    while (batch.answered < batch.sent && wire_.HasResult()) Step(batch);
    if (batch.unflushed <= kMostUnsent) return;
    wire_.Wait(true);
  }
}

// One result; a null one ends each statement's, but not the Sync's.
void PostgresQuery::Step(Batch& batch) {
  ResultHandle result(PQgetResult(wire_.get()));
  if (result == nullptr) {
    if (PQstatus(wire_.get()) == CONNECTION_BAD) wire_.Lost(nullptr);
    ++batch.answered;
    return;
  }
  switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
      batch.synced = true;
      return;
    case PGRES_PIPELINE_ABORTED:
      return;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
      batch.changed += ChangedRows(result.get());
      if (PQnfields(result.get()) > 0)
        batch.results.at(batch.answered) = std::move(result);
      return;
    default:
      if (EndsSession(result.get())) wire_.Lost(result.get());
      if (batch.error) return;
      batch.error = wire_.Describe(result.get());
      batch.failed = batch.answered;
  }
}

// One Sync: without a BEGIN all of it is one transaction.
void PostgresQuery::CloseBatch(Batch& batch) {
  if (PQpipelineSync(wire_.get()) == 0) wire_.SendFailed();
  while (!batch.synced) {
    while (!wire_.HasResult()) wire_.Wait(!wire_.Flush());
    Step(batch);
  }
  if (PQexitPipelineMode(wire_.get()) == 0) wire_.SendFailed();
}

std::int64_t PostgresQuery::RunEach(std::size_t count, const EachBinder& bind,
                                    const Reader& read, std::size_t& failed) {
  Begin(RowMode::kAll);
  wire_.BeginCommand({});
  if (PQenterPipelineMode(wire_.get()) == 0) wire_.SendFailed();
  Batch batch;
  batch.results.resize(count + 1);
  try {
    SendBatch(count, bind, batch);
  } catch (const std::exception&) {
    if (wire_.lost()) throw;
    failed = batch.sent;
    if (PQsendQueryParams(wire_.get(), kGiveUp, 0, nullptr, nullptr, nullptr,
                          nullptr, kText) == 0)
      wire_.SendFailed();
    CloseBatch(batch);
    throw;
  }
  CloseBatch(batch);
  if (batch.error) {
    failed = batch.failed;
    throw Error(*std::move(batch.error));
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (batch.results[i] != nullptr) {
      Keep(std::move(batch.results[i]));
      CheckTypes();
    }
    read(i);
    result_.reset();
    rows_ = 0;
  }
  return batch.changed;
}

std::optional<std::int64_t> PostgresQuery::CopyEach(std::string_view copy,
                                                    std::size_t count,
                                                    const EachBinder& bind,
                                                    std::size_t& failed) {
  if (!arguments_.all_binary()) return std::nullopt;
  Begin(RowMode::kAll);
  std::string& rows = arguments_.rows();
  std::size_t next = 0;
  bool first = true;
  const auto fill = [&] {
    while (next < count && rows.size() < kCopyPiece) {
      failed = next;
      arguments_.BeginRow();
      bind(arguments_, next);
      if (arguments_.mismatched() && !first)
        throw Error(ErrorCode::kInternal,
                    "a value has another type than its column",
                    "generate the code again: the table has changed");
      if (++next == count) rows += kCopyEnd;
    }
    failed = static_cast<std::size_t>(-1);
  };
  rows = kCopyHead;
  fill();  // what cannot be sent is found before anything is
  if (arguments_.mismatched()) return std::nullopt;
  const CopySource source = [&]() -> std::string_view {
    if (!std::exchange(first, false)) {
      rows.clear();
      fill();
    }
    return rows;
  };
  const std::string text(copy);
  wire_.BeginCommand({});
  if (PQsendQueryParams(wire_.get(), text.c_str(), 0, nullptr, nullptr, nullptr,
                        nullptr, kText) == 0)
    wire_.SendFailed();
  try {
    return ReadResult(wire_, RowUse::kKeep, &source).changed();
  } catch (const Error& error) {
    if (const std::size_t line = LineOfCopy(error.info().context); line > 0)
      failed = line - 1;
    throw;
  }
}

}  // namespace

std::shared_ptr<PreparedQuery> PreparePostgresQuery(
    const std::shared_ptr<Wire>& wire, PostgresTypes& types, std::string name,
    std::string_view sql, const PostgresTypes::Ask& ask) {
  wire->BeginCommand(sql);
  wire->NoteStatement(sql);
  const StatementDescription described =
      DescribePrepared(*wire, name, StatementText(sql));
  if (described.error) throw Error(*described.error);
  std::vector<Oid> oids(described.parameters.begin(),
                        described.parameters.end());
  for (const StatementDescription::Column& column : described.columns)
    oids.push_back(column.type);
  types.Learn(oids, ask);
  return std::make_shared<PostgresQuery>(wire, types, std::move(name), sql,
                                         described);
}

}  // namespace godwit::internal
