// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_statement.h"

#include <exception>
#include <utility>

#include "base/text.h"
#include "runtime/postgres_copy.h"
#include "runtime/postgres_error.h"
#include "runtime/postgres_parameters.h"
#include "runtime/postgres_rows.h"

namespace godwit::internal {

namespace {

// One command's results, one after the other.
class Reader {
 public:
  Reader(Wire& wire, RowUse rows, const CopySource* data)
      : wire_(wire), rows_(rows), data_(data) {}

  void Take(const PGresult* result);
  Result Finish();

 private:
  void TakeCopyIn();
  void TakeCopyOut();
  void Refuse(std::string message);

  Wire& wire_;
  RowUse rows_;
  const CopySource* data_;
  Result result_;
  std::optional<ErrorInfo> error_;
  std::exception_ptr thrown_;  // by the source of data
};

void Reader::Take(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
      if (rows_ == RowUse::kKeep) result_ = ReadRows(result);
      return;
    case PGRES_SINGLE_TUPLE:
    case PGRES_EMPTY_QUERY:
      return;
    case PGRES_COPY_IN:
      return TakeCopyIn();
    case PGRES_COPY_OUT:
      return TakeCopyOut();
    default:
      if (EndsSession(result)) wire_.Lost(result);
      if (!error_) error_ = wire_.Describe(result);
  }
}

void Reader::TakeCopyIn() {
  if (data_ != nullptr) {
    const CopySource& source = *std::exchange(data_, nullptr);
    try {
      return SendCopyData(wire_, source);
    } catch (const std::exception&) {
      if (wire_.lost()) throw;
      thrown_ = std::current_exception();
    }
    return RefuseCopyData(wire_);
  }
  Refuse("COPY from stdin has no data here");
  RefuseCopyData(wire_);
}

void Reader::TakeCopyOut() {
  if (rows_ == RowUse::kKeep)
    Refuse("COPY to stdout cannot be executed; select the rows instead");
  DropCopyData(wire_);
}

void Reader::Refuse(std::string message) {
  error_.emplace();
  error_->code = ErrorCode::kUnsupported;
  error_->message = std::move(message);
}

Result Reader::Finish() {
  if (thrown_) std::rethrow_exception(thrown_);
  if (!error_ && data_ != nullptr)
    Refuse("the statement did not ask for the data of a COPY");
  if (error_) throw Error(*std::move(error_));
  return std::move(result_);
}

class LibpqStatement final : public PreparedStatement {
 public:
  LibpqStatement(std::weak_ptr<Wire> wire, std::string name)
      : wire_(std::move(wire)), name_(std::move(name)) {}
  ~LibpqStatement() override;
  Result Execute(std::span<const Value> parameters) override;

 private:
  std::weak_ptr<Wire> wire_;
  std::string name_;
};

Result LibpqStatement::Execute(std::span<const Value> parameters) {
  const std::shared_ptr<Wire> wire = wire_.lock();
  if (wire == nullptr)
    throw Error(
        ErrorCode::kInternal,
        "a statement was executed after its connection had been closed");
  if (PQpipelineStatus(wire->get()) != PQ_PIPELINE_OFF) {
    throw Error(ErrorCode::kInternal,
                "a prepared statement was executed inside of a pipeline");
  }
  const Parameters p(parameters);
  wire->BeginCommand({});
  if (PQsendQueryPrepared(wire->get(), name_.c_str(), p.count(), p.values(),
                          p.lengths(), p.formats(), 0) == 0) {
    wire->SendFailed();
  }
  return ReadResult(*wire, RowUse::kKeep);
}

// Where the server would not listen (a failed transaction, a pipeline) the
// statement stays until the session ends; its name is not used again.
LibpqStatement::~LibpqStatement() {
  const std::shared_ptr<Wire> wire = wire_.lock();
  if (wire != nullptr) DeallocateStatement(*wire, name_);
}

}  // namespace

void DeallocateStatement(Wire& wire, const std::string& name) {
  if (PQpipelineStatus(wire.get()) != PQ_PIPELINE_OFF) return;
  const PGTransactionStatusType status = PQtransactionStatus(wire.get());
  if (status != PQTRANS_IDLE && status != PQTRANS_INTRANS) return;
  try {
    if (PQsendQueryParams(wire.get(), Cat("DEALLOCATE ", name).c_str(), 0,
                          nullptr, nullptr, nullptr, nullptr, 0) != 0)
      ReadResult(wire, RowUse::kDiscard);
  } catch (const std::exception&) {
  }
}

Result ReadResult(Wire& wire, RowUse rows, const CopySource* data) {
  Reader reader(wire, rows, data);
  while (const ResultHandle result = wire.NextResult())
    reader.Take(result.get());
  return reader.Finish();
}

std::unique_ptr<PreparedStatement> PrepareStatement(std::weak_ptr<Wire> wire,
                                                    std::string name,
                                                    std::string_view sql) {
  const std::shared_ptr<Wire> open = wire.lock();
  const std::string text = StatementText(sql);
  open->BeginCommand(sql);
  open->NoteStatement(sql);
  if (PQsendPrepare(open->get(), name.c_str(), text.c_str(), 0, nullptr) == 0)
    open->SendFailed();
  ReadResult(*open, RowUse::kDiscard);
  return std::make_unique<LibpqStatement>(std::move(wire), std::move(name));
}

}  // namespace godwit::internal
