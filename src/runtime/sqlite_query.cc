// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_query.h"

#include "base/text.h"
#include "runtime/binary.h"
#include "runtime/sqlite_statement.h"
#include "runtime/time_text.h"

namespace godwit::internal {

namespace {

// Binds as the values come. A list is a JSON array, for json_each.
class SqliteArguments final : public Arguments {
 public:
  SqliteArguments(Database& database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}

  void Begin(bool copied) {
    index_ = 0;
    copied_ = copied;
    depth_ = 0;
  }
  // Throws where there are more or fewer values than parameters.
  void Finish() const;

  void PutNull() override;
  void Put(bool value) override;
  void Put(std::int64_t value) override;
  void Put(float value) override { Put(static_cast<double>(value)); }
  void Put(double value) override;
  void Put(std::string_view value) override { PutText(value, copied_); }
  void Put(std::span<const std::byte> value) override {
    PutBytes(value, copied_);
  }
  void Put(const Decimal& value) override { PutText(value.ToString(), true); }
  void Put(const Uuid& value) override { PutText(value.ToString(), true); }
  void Put(const Json& value) override { PutText(value.text, copied_); }
  void Put(Date value) override { PutText(TextOf(value), true); }
  void Put(TimeOfDay value) override { PutText(TextOf(value), true); }
  void Put(Timestamp value) override { PutText(TextOf(value), true); }
  void Put(LocalTimestamp value) override { PutText(TextOf(value), true); }
  void Put(const Interval& value) override { PutText(TextOf(value), true); }
  void Put(const Value& value) override;
  void BeginArray(std::size_t size, int depth) override;
  void EndArray() override;

 private:
  void Check(int code) {
    if (code != SQLITE_OK && code != SQLITE_RANGE) database_.Fail({}, 0);
  }
  void PutText(std::string_view value, bool copied);
  void PutBytes(std::span<const std::byte> value, bool copied);
  void PutElement(std::string_view text);

  Database& database_;
  sqlite3_stmt* statement_;
  int index_ = 0;
  bool copied_ = false;
  int depth_ = 0;  // of arrays
  std::string list_;
};

void SqliteArguments::Finish() const {
  const int wanted = sqlite3_bind_parameter_count(statement_);
  if (index_ == wanted) return;
  ErrorInfo info;
  info.code = ErrorCode::kStatementFailed;
  info.message = Cat("the statement has ", wanted, " parameters, but ", index_,
                     " values were given");
  info.sqlite_code = SQLITE_RANGE;
  info.condition = "SQLITE_RANGE";
  throw Error(std::move(info));
}

void SqliteArguments::PutNull() {
  if (depth_ > 0) return PutElement("null");
  Check(sqlite3_bind_null(statement_, ++index_));
}

void SqliteArguments::Put(bool value) {
  if (depth_ > 0) return PutElement(value ? "true" : "false");
  Check(sqlite3_bind_int(statement_, ++index_, value ? 1 : 0));
}

void SqliteArguments::Put(std::int64_t value) {
  if (depth_ > 0) return PutElement(Cat(value));
  Check(sqlite3_bind_int64(statement_, ++index_, value));
}

void SqliteArguments::Put(double value) {
  if (depth_ > 0) return PutElement(FloatText(value));
  Check(sqlite3_bind_double(statement_, ++index_, value));
}

// A null pointer would bind NULL, and an empty text may have one.
void SqliteArguments::PutText(std::string_view value, bool copied) {
  if (depth_ == 0) {
    return Check(sqlite3_bind_text64(
        statement_, ++index_, value.empty() ? "" : value.data(), value.size(),
        copied ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8));
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "\"";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += Cat("\\u00", kDigits[byte >> 4], kDigits[byte & 15]);
    } else {
      text += c;
    }
  }
  PutElement(text + '"');
}

void SqliteArguments::PutBytes(std::span<const std::byte> value, bool copied) {
  if (depth_ > 0)
    throw Error(ErrorCode::kUnsupported, "SQLite has no lists of blobs");
  ++index_;
  if (value.empty()) return Check(sqlite3_bind_zeroblob(statement_, index_, 0));
  Check(sqlite3_bind_blob64(statement_, index_, value.data(), value.size(),
                            copied ? SQLITE_TRANSIENT : SQLITE_STATIC));
}

void SqliteArguments::Put(const Value& value) {
  const Value::Variant& v = value.variant();
  if (const auto* truth = std::get_if<bool>(&v)) return Put(*truth);
  if (const auto* integer = std::get_if<std::int64_t>(&v)) return Put(*integer);
  if (const auto* number = std::get_if<double>(&v)) return Put(*number);
  if (const auto* text = std::get_if<std::string>(&v))
    return PutText(*text, true);
  if (const auto* bytes = std::get_if<Bytes>(&v)) return PutBytes(*bytes, true);
  PutNull();
}

void SqliteArguments::PutElement(std::string_view text) {
  if (list_.back() != '[') list_ += ',';
  list_ += text;
}

void SqliteArguments::BeginArray(std::size_t, int) {
  if (depth_++ == 0)
    list_ = "[";
  else
    PutElement("[");
}

void SqliteArguments::EndArray() {
  list_ += ']';
  if (--depth_ == 0) PutText(list_, true);
}

class SqliteQuery final : public PreparedQuery {
 public:
  SqliteQuery(const std::shared_ptr<Database>& database, std::string_view sql,
              Compiled compiled)
      : database_(*database),
        alive_(database),
        sql_(sql),
        compiled_(std::move(compiled)),
        arguments_(*database, compiled_.statement.get()),
        only_reads_(sqlite3_stmt_readonly(compiled_.statement.get()) != 0) {}

  Arguments& Begin(RowMode mode) override;
  bool Start() override;
  bool Next() override;
  std::string ColumnName(std::size_t column) const override;
  std::size_t count() const override { return 0; }
  std::int64_t changed() const override { return changed_; }
  void Finish() override;
  void Abandon() override;
  void End() override;
  std::int64_t RunEach(std::size_t count, const EachBinder& bind,
                       const Reader& read, std::size_t& failed) override;
  // SQLite has no COPY.
  std::optional<std::int64_t> CopyEach(std::string_view, std::size_t,
                                       const EachBinder&,
                                       std::size_t&) override {
    return std::nullopt;
  }

 private:
  sqlite3_stmt* statement() const { return compiled_.statement.get(); }
  bool Step();
  bool LoadRow();

  Database& database_;  // of the connection that runs it; see held_
  std::weak_ptr<Database> alive_;
  std::shared_ptr<Database> held_;  // by a stream
  std::string sql_;
  Compiled compiled_;
  SqliteArguments arguments_;
  bool only_reads_;
  RowMode mode_ = RowMode::kAll;
  bool has_row_ = false;     // that Next has not given yet
  bool is_running_ = false;  // until the statement is reset
  bool failed_ = false;
  std::int64_t before_ = 0;
  std::int64_t changed_ = 0;
};

Arguments& SqliteQuery::Begin(RowMode mode) {
  in_use_ = true;
  mode_ = mode;
  if (mode == RowMode::kStream) held_ = alive_.lock();
  has_row_ = false;
  arguments_.Begin(mode == RowMode::kStream);
  return arguments_;
}

bool SqliteQuery::Step() {
  const int code = sqlite3_step(statement());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    // The message is of the last call: it is read before the reset.
    failed_ = true;
    database_.Fail(sql_, compiled_.offset);
  }
  is_running_ = false;
  // sqlite3_changes tells of the last statement that could change rows, which
  // need not be this one.
  changed_ = sqlite3_total_changes64(database_.get()) == before_
                 ? 0
                 : sqlite3_changes64(database_.get());
  sqlite3_reset(statement());
  return false;
}

bool SqliteQuery::Start() {
  arguments_.Finish();
  database_.BeginStatement(sql_);
  changed_ = 0;
  before_ = sqlite3_total_changes64(database_.get());
  failed_ = false;
  is_running_ = true;
  has_row_ = Step();
  return true;
}

bool SqliteQuery::Next() {
  if (has_row_) {
    has_row_ = false;
    return LoadRow();
  }
  return is_running_ && Step() && LoadRow();
}

// On a connection without mutexes a column's value may be asked like one that
// is protected, which costs one look into the statement instead of three:
// https://www.sqlite.org/c3ref/value.html
void LoadField(sqlite3_stmt* statement, int column, Field& field) {
  sqlite3_value* const value = sqlite3_column_value(statement, column);
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      field.kind = Field::Kind::kInteger;
      field.integer = sqlite3_value_int64(value);
      return;
    case SQLITE_FLOAT:
      field.kind = Field::Kind::kReal;
      field.real = sqlite3_value_double(value);
      return;
    case SQLITE_TEXT:
      field.kind = Field::Kind::kText;
      field.data = reinterpret_cast<const char*>(sqlite3_value_text(value));
      break;
    case SQLITE_BLOB:
      field.kind = Field::Kind::kBytes;
      field.data = static_cast<const char*>(sqlite3_value_blob(value));
      break;
    default:
      field.kind = Field::Kind::kNull;
      return;
  }
  field.size = static_cast<std::size_t>(sqlite3_value_bytes(value));
}

bool SqliteQuery::LoadRow() {
  const int width = sqlite3_column_count(statement());
  fields_.resize(static_cast<std::size_t>(width));
  for (int i = 0; i < width; ++i)
    LoadField(statement(), i, fields_[static_cast<std::size_t>(i)]);
  return true;
}

std::string SqliteQuery::ColumnName(std::size_t column) const {
  const char* name = sqlite3_column_name(statement(), static_cast<int>(column));
  return name == nullptr ? "?" : name;
}

// A reset before the end would leave out the checks of foreign keys, which come
// behind the last row.
void SqliteQuery::Finish() {
  while (!only_reads_ && is_running_ && Step()) {
  }
}

void SqliteQuery::Abandon() {
  if (!is_running_) return;
  try {
    if (!failed_) Finish();
  } catch (const Error&) {
    // Undone by SQLite. Who leaves a stream early does not ask.
  }
  if (is_running_) sqlite3_reset(statement());
  is_running_ = false;
}

void SqliteQuery::End() {
  Abandon();
  held_.reset();
  in_use_ = false;
}

// A ROLLBACK that fails leaves the transaction to whoever closes the
// connection.
struct RollbackUnlessDone {
  sqlite3* database;
  bool began = false;
  ~RollbackUnlessDone() {
    if (began && sqlite3_get_autocommit(database) == 0)
      sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
  }
};

std::int64_t SqliteQuery::RunEach(std::size_t count, const EachBinder& bind,
                                  const Reader& read, std::size_t& failed) {
  const auto execute = [&](std::string_view sql) {
    database_.BeginStatement(sql);
    DropRows(database_, Compile(database_, sql, 0), sql);
  };
  RollbackUnlessDone rollback{database_.get()};
  if (count > 1 && sqlite3_get_autocommit(database_.get()) != 0) {
    execute("BEGIN IMMEDIATE");
    rollback.began = true;
  }
  std::int64_t all = 0;
  for (std::size_t i = 0; i < count; ++i) {
    failed = i;
    bind(Begin(RowMode::kAll), i);
    Start();
    read(i);
    Finish();
    Abandon();
    all += changed_;
  }
  failed = static_cast<std::size_t>(-1);
  if (rollback.began) execute("COMMIT");
  rollback.began = false;
  return all;
}

}  // namespace

std::shared_ptr<PreparedQuery> PrepareSqliteQuery(
    const std::shared_ptr<Database>& database, std::string_view sql) {
  database->BeginStatement(sql);
  Compiled compiled = Compile(*database, sql, SQLITE_PREPARE_PERSISTENT);
  if (compiled.statement == nullptr)
    throw Error(ErrorCode::kInternal, "the query holds no statement");
  return std::make_shared<SqliteQuery>(database, sql, std::move(compiled));
}

}  // namespace godwit::internal
