// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "godwit/executor.h"
#include "godwit/time.h"
#include "godwit/types.h"

// What the sources that godwit writes from queries are made of. Programs
// include the headers written beside them, not this one.
namespace godwit::internal {

// A query as it stands in its file.
struct QueryText {
  std::string_view name;
  std::string_view file;
  int line = 0;
  std::string_view sql;
};

// Values on their way to the database.
template <typename T>
concept IsEnum = std::is_enum_v<T>;
inline Value Encode(bool value) {
  return Value(value);
}
template <std::integral T>
Value Encode(T value) {
  return Value(value);
}
inline Value Encode(float value) {
  return Value(static_cast<double>(value));
}
inline Value Encode(double value) {
  return Value(value);
}
inline Value Encode(std::string_view value) {
  return Value(value);
}
inline Value Encode(const std::string& value) {
  return Value(value);
}
inline Value Encode(const Bytes& value) {
  return Value(value);
}
inline Value Encode(const Value& value) {
  return value;
}
inline Value Encode(const Decimal& value) {
  return Value(value.ToString());
}
inline Value Encode(const Uuid& value) {
  return Value(value.ToString());
}
inline Value Encode(const Json& value) {
  return Value(value.text);
}
Value Encode(Date value);
Value Encode(TimeOfDay value);
Value Encode(Timestamp value);
Value Encode(LocalTimestamp value);
Value Encode(const Interval& value);
template <IsEnum T>
Value Encode(T value) {
  return Value(ToString(value));
}
// PostgreSQL's way to write an array, and JSON's.
std::string ArrayText(std::span<const Value> elements);
std::string JsonArrayText(std::span<const Value> elements);
template <typename T>
Value Encode(const std::vector<T>& values);
template <typename T>
Value Encode(const std::optional<T>& value) {
  return value ? Encode(*value) : Value();
}
template <typename T>
std::vector<Value> EncodeEach(const std::vector<T>& values) {
  std::vector<Value> elements;
  elements.reserve(values.size());
  for (const T& value : values) elements.push_back(Encode(value));
  return elements;
}
template <typename T>
Value Encode(const std::vector<T>& values) {
  return Value(ArrayText(EncodeEach(values)));
}
// A list of values for json_each.
template <typename T>
Value EncodeList(const std::vector<T>& values) {
  return Value(JsonArrayText(EncodeEach(values)));
}

// And on their way back. They throw Error(kInternal) where the value does not
// fit: nothing is cut, rounded or made up.
template <typename T>
requires std::integral<T> || std::floating_point<T>
void Decode(const Value& value, T& out) {
  out = value.Get<T>();
}
inline void Decode(const Value& value, std::string& out) {
  out = value.Get<std::string>();
}
inline void Decode(const Value& value, Bytes& out) {
  out = value.Get<Bytes>();
}
inline void Decode(const Value& value, Value& out) {
  out = value;
}
void Decode(const Value& value, Decimal& out);
void Decode(const Value& value, Uuid& out);
void Decode(const Value& value, Json& out);
void Decode(const Value& value, Date& out);
void Decode(const Value& value, TimeOfDay& out);
void Decode(const Value& value, Timestamp& out);
void Decode(const Value& value, LocalTimestamp& out);
void Decode(const Value& value, Interval& out);
[[noreturn]] void RefuseLabel(std::string_view text, std::string_view type);
template <IsEnum T>
void Decode(const Value& value, T& out) {
  const std::string text = value.Get<std::string>();
  if (!FromString(text, out)) RefuseLabel(text, "an enum's label");
}
// The elements of an array as PostgreSQL writes it; those of inner arrays are
// texts of arrays again.
std::vector<Value> ArrayElements(const Value& value);
template <typename T>
void Decode(const Value& value, std::vector<T>& out);
template <typename T>
void Decode(const Value& value, std::optional<T>& out) {
  if (value.is_null()) {
    out.reset();
  } else {
    Decode(value, out.emplace());
  }
}
template <typename T>
void Decode(const Value& value, std::vector<T>& out) {
  out.clear();
  for (const Value& from : ArrayElements(value)) {
    T element{};
    Decode(from, element);
    out.push_back(std::move(element));
  }
}

// The rows of one run.
class Rows {
 public:
  Rows(const QueryText& query, Result result)
      : query_(&query), result_(std::move(result)) {}

  std::size_t size() const { return result_.size(); }
  std::int64_t changed() const { return result_.changed(); }
  bool IsNull(std::size_t row, std::size_t column) const {
    return result_.at(row, column).is_null();
  }
  template <typename T>
  void Read(std::size_t row, std::size_t column, T& out) const {
    try {
      Decode(result_.at(row, column), out);
    } catch (const Error& error) {
      Refuse(error, column);
    }
  }

 private:
  [[noreturn]] void Refuse(const Error& error, std::size_t column) const;

  const QueryText* query_;
  Result result_;
};

// Runs it, prepared once a connection. Errors name the query and its place.
Rows Run(Executor db, const QueryText& query,
         std::span<const Value> arguments = {});
// All of them in one round trip; the first error undoes all, where no
// transaction is open.
std::vector<Rows> RunEach(Executor db, const QueryText& query,
                          std::span<const std::vector<Value>> arguments);
// The number of the row inserted last (SQLite).
std::int64_t LastInsertId(Executor db);

}  // namespace godwit::internal
