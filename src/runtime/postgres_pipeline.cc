// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_pipeline.h"

#include <utility>

#include "base/text.h"
#include "runtime/postgres_copy_text.h"
#include "runtime/postgres_error.h"
#include "runtime/postgres_parameters.h"
#include "runtime/postgres_rows.h"

// https://www.postgresql.org/docs/current/libpq-pipeline-mode.html
namespace godwit::internal {

namespace {

// Small statements leave in packets of about this size; a server that does not
// read holds Send back when this much is unsent.
constexpr std::size_t kPacket = 16 * 1024;
constexpr std::size_t kMostUnsent = 256 * 1024;

// COPY from or to the client wedges a pipeline for good: libpq cannot leave it.
void RefuseCopy(std::string_view sql) {
  if (!CopiesWithClient(sql)) return;
  throw Error(ErrorCode::kUnsupported,
              "COPY from stdin or to stdout cannot run in a pipeline");
}

}  // namespace

void Pipeline::Check(std::string_view sql, std::span<const Value> parameters) {
  RefuseCopy(sql);
  StatementText(sql);
  const Parameters checked(parameters);
}

void Pipeline::Enter() {
  wire_.BeginPipeline();
  if (PQenterPipelineMode(wire_.get()) == 0) wire_.SendFailed();
  active_ = true;
}

void Pipeline::Send(std::string_view sql, std::span<const Value> parameters,
                    RowUse rows) {
  RefuseCopy(sql);
  const std::string text = StatementText(sql);
  const Parameters p(parameters);
  wire_.NoteStatement(sql);
  if (PQsendQueryParams(wire_.get(), text.c_str(), p.count(), p.types(),
                        p.values(), p.lengths(), p.formats(), 0) == 0) {
    wire_.SendFailed();
  }
  Append({false, rows, text.size()});
  unflushed_ += text.size();
  if (unflushed_ >= kPacket) Pump();
}

void Pipeline::SendFlushRequest() {
  if (PQsendFlushRequest(wire_.get()) == 0) wire_.SendFailed();
  Pump();
}

void Pipeline::SendSync() {
  if (PQpipelineSync(wire_.get()) == 0) wire_.SendFailed();
  Append({true});
  Pump();
}

Reply Pipeline::Receive() {
  while (ready_.empty()) {
    if (sent_.empty())
      throw Error(ErrorCode::kInternal,
                  "nothing was sent down the pipeline that could be answered");
    if (wire_.HasResult())
      Step();
    else
      wire_.Wait(!wire_.Flush());
  }
  return PopReady();
}

std::optional<Reply> Pipeline::TryReceive() {
  while (ready_.empty() && !sent_.empty() && wire_.HasResult()) Step();
  if (ready_.empty()) return std::nullopt;
  return PopReady();
}

void Pipeline::Leave() {
  if (!sent_.empty() || !ready_.empty() ||
      PQexitPipelineMode(wire_.get()) == 0) {
    throw Error(ErrorCode::kInternal,
                "a pipeline was left before it was read to its end");
  }
  active_ = false;
}

void Pipeline::Append(Sent sent) {
  unread_bytes_ += sent.bytes;
  sent_.push_back(sent);
  if (sent_.size() == 1) BeginFront();
}

// libpq takes the single-row mode for the command whose reply comes next, and
// only before it parses any of that reply. In an aborted pipeline it refuses;
// there are no rows then.
void Pipeline::BeginFront() {
  current_ = Reply();
  kept_.clear();
  if (!sent_.empty() && !sent_.front().sync &&
      sent_.front().rows == RowUse::kDiscard) {
    PQsetSingleRowMode(wire_.get());
  }
}

void Pipeline::Finish(Reply reply) {
  ready_.push_back({std::move(reply), sent_.front().bytes});
  sent_.pop_front();
  BeginFront();
}

// One result of the front command; a null result ends each command but a Sync.
void Pipeline::Step() {
  const ResultHandle result(PQgetResult(wire_.get()));
  if (result != nullptr) return Take(result.get());
  if (PQstatus(wire_.get()) == CONNECTION_BAD) wire_.Lost(nullptr);
  if (!sent_.front().sync) Finish(std::move(current_));
}

void Pipeline::Take(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_PIPELINE_SYNC:
      return Finish({Reply::Kind::kSync});
    case PGRES_PIPELINE_ABORTED:
      current_.kind = Reply::Kind::kAborted;
      return;
    case PGRES_SINGLE_TUPLE:
      return KeepRow(result);
    case PGRES_EMPTY_QUERY:
      return;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
      current_.result = ReadRows(result, std::exchange(kept_, {}));
      return;
    default:
      if (EndsSession(result)) wire_.Lost(result);
      current_.kind = Reply::Kind::kError;
      current_.error = wire_.Describe(result);
  }
}

// libpq forgets the single-row mode only when it sends a command outside of a
// pipeline: after Run, or after an aborted command, it is still set for the
// next.
void Pipeline::KeepRow(const PGresult* result) {
  if (sent_.front().rows == RowUse::kDiscard) return;
  for (int column = 0; column < PQnfields(result); ++column)
    kept_.push_back(ReadValue(result, 0, column));
}

// Reads while it writes: a server that cannot send its replies stops reading.
void Pipeline::Pump() {
  while (true) {
    if (wire_.Flush()) unflushed_ = 0;
    while (!sent_.empty() && wire_.HasResult()) Step();
    if (unflushed_ <= kMostUnsent) return;
    wire_.Wait(true);
  }
}

Reply Pipeline::PopReady() {
  Reply reply = std::move(ready_.front().reply);
  unread_bytes_ -= ready_.front().bytes;
  ready_.pop_front();
  return reply;
}

}  // namespace godwit::internal
