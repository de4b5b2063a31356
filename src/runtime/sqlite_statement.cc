// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_statement.h"

#include "base/text.h"

namespace godwit::internal {

namespace {

// A pointer that is null would bind NULL, and an empty vector may have one.
int BindBytes(sqlite3_stmt* statement, int index, const Bytes& bytes) {
  if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
  return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(),
                             SQLITE_TRANSIENT);
}

int BindOne(sqlite3_stmt* statement, int index, const Value& value) {
  const Value::Variant& v = value.variant();
  if (const auto* truth = std::get_if<bool>(&v))
    return sqlite3_bind_int(statement, index, *truth ? 1 : 0);
  if (const auto* integer = std::get_if<std::int64_t>(&v))
    return sqlite3_bind_int64(statement, index, *integer);
  if (const auto* number = std::get_if<double>(&v))
    return sqlite3_bind_double(statement, index, *number);
  if (const auto* text = std::get_if<std::string>(&v)) {
    return sqlite3_bind_text64(statement, index, text->data(), text->size(),
                               SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  if (const auto* bytes = std::get_if<Bytes>(&v))
    return BindBytes(statement, index, *bytes);
  return sqlite3_bind_null(statement, index);
}

Value ReadValue(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text =
          reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, static_cast<std::size_t>(
                                   sqlite3_column_bytes(statement, column)));
    }
    case SQLITE_BLOB: {
      const auto* bytes =
          static_cast<const std::byte*>(sqlite3_column_blob(statement, column));
      return Bytes(bytes, bytes + sqlite3_column_bytes(statement, column));
    }
    default:
      return {};
  }
}

// Also when a step throws, so the statement holds no lock.
struct ResetLater {
  sqlite3_stmt* statement;
  ~ResetLater() { sqlite3_reset(statement); }
};

bool Step(Database& database, const Compiled& compiled, std::string_view sql) {
  const int code = sqlite3_step(compiled.statement.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    database.Fail(sql, compiled.offset);
  return code == SQLITE_ROW;
}

class SqliteStatement final : public PreparedStatement {
 public:
  SqliteStatement(std::weak_ptr<Database> database, std::string sql,
                  Compiled compiled)
      : database_(std::move(database)),
        sql_(std::move(sql)),
        compiled_(std::move(compiled)) {}
  Result Execute(std::span<const Value> parameters) override;

 private:
  std::weak_ptr<Database> database_;
  std::string sql_;
  Compiled compiled_;
};

Result SqliteStatement::Execute(std::span<const Value> parameters) {
  const std::shared_ptr<Database> database = database_.lock();
  if (database == nullptr)
    throw Error(
        ErrorCode::kInternal,
        "a statement was executed after its connection had been closed");
  database->BeginStatement(sql_);
  Bind(*database, compiled_.statement.get(), parameters);
  return CollectRows(*database, compiled_, sql_);
}

}  // namespace

void Bind(Database& database, sqlite3_stmt* statement,
          std::span<const Value> parameters) {
  const int wanted = sqlite3_bind_parameter_count(statement);
  if (static_cast<std::size_t>(wanted) != parameters.size()) {
    ErrorInfo info;
    info.code = ErrorCode::kStatementFailed;
    info.message = Cat("the statement has ", wanted, " parameters, but ",
                       parameters.size(), " values were given");
    info.sqlite_code = SQLITE_RANGE;
    info.condition = "SQLITE_RANGE";
    throw Error(std::move(info));
  }
  for (int i = 0; i < wanted; ++i) {
    if (BindOne(statement, i + 1, parameters[static_cast<std::size_t>(i)]) !=
        SQLITE_OK)
      database.Fail({}, 0);
  }
}

Result CollectRows(Database& database, const Compiled& compiled,
                   std::string_view sql) {
  sqlite3_stmt* statement = compiled.statement.get();
  if (statement == nullptr) return {};
  const ResetLater reset{statement};
  const ChangeCount changes(database.get());
  std::vector<Value> values;
  int width = sqlite3_column_count(statement);
  while (Step(database, compiled, sql)) {
    width = sqlite3_column_count(statement);
    for (int i = 0; i < width; ++i) values.push_back(ReadValue(statement, i));
  }
  std::vector<std::string> columns;
  for (int i = 0; i < width; ++i)
    columns.emplace_back(sqlite3_column_name(statement, i));
  return {std::move(columns), std::move(values), changes.Get()};
}

void DropRows(Database& database, const Compiled& compiled,
              std::string_view sql) {
  if (compiled.statement == nullptr) return;
  const ResetLater reset{compiled.statement.get()};
  while (Step(database, compiled, sql)) {
  }
}

std::unique_ptr<PreparedStatement> PrepareStatement(
    const std::shared_ptr<Database>& database, std::string_view sql) {
  database->BeginStatement(sql);
  Compiled compiled = Compile(*database, sql, SQLITE_PREPARE_PERSISTENT);
  return std::make_unique<SqliteStatement>(database, std::string(sql),
                                           std::move(compiled));
}

}  // namespace godwit::internal
