// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "godwit/error.h"
#include "godwit/executor.h"
#include "godwit/field.h"
#include "godwit/stream.h"
#include "godwit/time.h"
#include "godwit/types.h"
#include "godwit/value.h"

// What the sources that godwit writes from queries are made of. Programs
// include the headers written beside them, not this one.
namespace godwit::internal {

// A query as it stands in its file. Lives as long as the program.
struct QueryText {
  std::string_view name;
  std::string_view file;
  int line = 0;
  std::string_view sql;
  // PostgreSQL's COPY that does what this INSERT does; empty: none does.
  std::string_view copy = {};
};

// The values of one run on their way to the database, in the order of the
// parameters. Texts and bytes are borrowed until the run has begun.
class Arguments {
 public:
  virtual ~Arguments() = default;
  virtual void PutNull() = 0;
  virtual void Put(bool value) = 0;
  virtual void Put(std::int64_t value) = 0;
  virtual void Put(float value) = 0;
  virtual void Put(double value) = 0;
  virtual void Put(std::string_view value) = 0;
  virtual void Put(std::span<const std::byte> value) = 0;
  virtual void Put(const Decimal& value) = 0;
  virtual void Put(const Uuid& value) = 0;
  virtual void Put(const Json& value) = 0;
  virtual void Put(Date value) = 0;
  virtual void Put(TimeOfDay value) = 0;
  virtual void Put(Timestamp value) = 0;
  virtual void Put(LocalTimestamp value) = 0;
  virtual void Put(const Interval& value) = 0;
  virtual void Put(const Value& value) = 0;  // copied
  // Between them stand the elements. `depth` is how many arrays are in each
  // other, this one among them.
  virtual void BeginArray(std::size_t size, int depth) = 0;
  virtual void EndArray() = 0;
};

template <typename T>
concept IsEnum = std::is_enum_v<T>;
template <typename T>
concept IsNumber = std::integral<T> && !std::same_as<T, bool>;

template <typename T>
requires std::same_as<T, bool> || std::floating_point<T>
void Add(Arguments& to, T value) {
  to.Put(value);
}
template <IsNumber T>
void Add(Arguments& to, T value) {
  to.Put(static_cast<std::int64_t>(value));
}
template <IsEnum T>
void Add(Arguments& to, T value) {
  to.Put(std::string_view(ToString(value)));
}
inline void Add(Arguments& to, std::string_view value) {
  to.Put(value);
}
inline void Add(Arguments& to, const std::string& value) {
  to.Put(std::string_view(value));
}
inline void Add(Arguments& to, const Bytes& value) {
  to.Put(std::span<const std::byte>(value));
}
inline void Add(Arguments& to, const Decimal& value) {
  to.Put(value);
}
inline void Add(Arguments& to, const Uuid& value) {
  to.Put(value);
}
inline void Add(Arguments& to, const Json& value) {
  to.Put(value);
}
inline void Add(Arguments& to, Date value) {
  to.Put(value);
}
inline void Add(Arguments& to, TimeOfDay value) {
  to.Put(value);
}
inline void Add(Arguments& to, Timestamp value) {
  to.Put(value);
}
inline void Add(Arguments& to, LocalTimestamp value) {
  to.Put(value);
}
inline void Add(Arguments& to, const Interval& value) {
  to.Put(value);
}
inline void Add(Arguments& to, const Value& value) {
  to.Put(value);
}
template <foreign::Encodable T>
void Add(Arguments& to, const T& value) {
  to.Put(foreign::ToValue(value));
}
template <typename T>
void Add(Arguments& to, const std::vector<T>& values);
template <typename T>
void Add(Arguments& to, const std::optional<T>& value) {
  if (value)
    Add(to, *value);
  else
    to.PutNull();
}
template <typename T>
inline constexpr int kDepth = 0;
template <typename T>
inline constexpr int kDepth<std::vector<T>> = kDepth<T> + 1;
template <>
inline constexpr int kDepth<Bytes> = 0;
template <typename T>
void Add(Arguments& to, const std::vector<T>& values) {
  to.BeginArray(values.size(), kDepth<std::vector<T>>);
  for (const T& value : values) Add(to, value);
  to.EndArray();
}

// The rows of one run, one after the other.
class Rows {
 public:
  Rows(const QueryText& query, std::shared_ptr<PreparedQuery> run);
  Rows(Rows&&) noexcept = default;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  // The next row, the first at first; false behind the last.
  bool Next();
  // The first, which must be there. Throws Error(kStatementFailed).
  void First();
  // Runs what writes to its end. Throws what it meets there.
  void Finish();
  // How many rows are already here; nought where that is not known.
  std::size_t count() const;
  std::int64_t changed() const;
  bool IsNull(std::size_t column) const { return Get(column).is_null(); }
  template <typename T>
  void Read(std::size_t column, T& out) const {
    try {
      Decode(Get(column), out);
    } catch (const Error& error) {
      Refuse(error, column);
    }
  }

 private:
  const Field& Get(std::size_t column) const {
    static constexpr Field kNone;
    return column < row_.size() ? row_[column] : kNone;
  }
  [[noreturn]] void Refuse(const Error& error, std::size_t column) const;

  const QueryText* query_;
  std::shared_ptr<PreparedQuery> run_;
  std::span<const Field> row_;  // the one that Next has given
};

// A function that is called while the one that was given it runs.
template <typename Signature>
class Callback;
template <typename... A>
class Callback<void(A...)> {
 public:
  template <typename F>
  requires(!std::same_as<std::remove_cvref_t<F>, Callback>)
      Callback(F&& function)  // NOLINT: made where it is passed
      : object_(const_cast<void*>(static_cast<const void*>(&function))),
        call_([](void* object, A... arguments) {
          (*static_cast<std::remove_reference_t<F>*>(object))(
              static_cast<A>(arguments)...);
        }) {}
  void operator()(A... arguments) const {
    call_(object_, static_cast<A>(arguments)...);
  }

 private:
  void* object_;
  void (*call_)(void*, A...);
};

using Binder = Callback<void(Arguments&)>;
using EachBinder = Callback<void(Arguments&, std::size_t)>;
using EachReader = Callback<void(Rows&, std::size_t)>;

// Runs it, prepared once a connection. Errors name the query and its place.
Rows RunBound(Executor db, const QueryText& query, const Binder& bind);
template <typename... T>
Rows Run(Executor db, const QueryText& query, const T&... arguments) {
  const auto bind = [&]([[maybe_unused]] Arguments& to) {
    (Add(to, arguments), ...);
  };
  return RunBound(db, query, bind);
}

// The same to its end, for how many rows it has changed.
template <typename... T>
std::int64_t Execute(Executor db, const QueryText& query,
                     const T&... arguments) {
  Rows rows = Run(db, query, arguments...);
  rows.Finish();
  return rows.changed();
}

// Rows that stay with the database until they are asked for.
Rows StreamBound(Executor db, const QueryText& query, const Binder& bind);
template <typename Row, typename... T>
Stream<Row> RunStream(Executor db, const QueryText& query,
                      void (*read)(Rows&, Row&), const T&... arguments) {
  const auto bind = [&]([[maybe_unused]] Arguments& to) {
    (Add(to, arguments), ...);
  };
  return Stream<Row>(std::make_unique<Rows>(StreamBound(db, query, bind)),
                     read);
}

// `count` runs in one round trip; the first error undoes all, where no
// transaction is open. Gives how many rows all have changed.
std::int64_t RunEach(Executor db, const QueryText& query, std::size_t count,
                     const EachBinder& bind, const EachReader& read);
std::int64_t RunEach(Executor db, const QueryText& query, std::size_t count,
                     const EachBinder& bind);
// The same for rows that are inserted, by COPY where that can be.
std::int64_t CopyEach(Executor db, const QueryText& query, std::size_t count,
                      const EachBinder& bind);

// The number of the row inserted last (SQLite).
std::int64_t LastInsertId(Executor db);

}  // namespace godwit::internal
