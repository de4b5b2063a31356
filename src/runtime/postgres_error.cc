// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_error.h"

#include "base/text.h"

namespace godwit::internal {

namespace {

std::string Field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

ErrorInfo ReadError(const PGresult* result) {
  ErrorInfo info;
  info.code = ErrorCode::kStatementFailed;
  info.message = Field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (info.message.empty())
    info.message = std::string(Trim(PQresultErrorMessage(result)));
  info.sqlstate = Field(result, PG_DIAG_SQLSTATE);
  info.condition = std::string(ConditionName(info.sqlstate));
  info.detail = Field(result, PG_DIAG_MESSAGE_DETAIL);
  info.hint = Field(result, PG_DIAG_MESSAGE_HINT);
  info.context = Field(result, PG_DIAG_CONTEXT);
  info.constraint = Field(result, PG_DIAG_CONSTRAINT_NAME);
  info.schema = Field(result, PG_DIAG_SCHEMA_NAME);
  info.table = Field(result, PG_DIAG_TABLE_NAME);
  info.column = Field(result, PG_DIAG_COLUMN_NAME);
  // PG_DIAG_INTERNAL_POSITION counts within a function's query, not in the text
  // that was sent.
  info.position = static_cast<int>(
      ParseInt64(Field(result, PG_DIAG_STATEMENT_POSITION)).value_or(0));
  return info;
}

bool EndsSession(const PGresult* result) {
  const std::string severity = Field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity == "FATAL" || severity == "PANIC" ||
         Field(result, PG_DIAG_SQLSTATE).empty();
}

}  // namespace godwit::internal
