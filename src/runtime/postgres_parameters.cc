// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_parameters.h"

#include <charconv>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::internal {

namespace {

// Types are left to the server, so 1 may become an int2 or a numeric. Bytes are
// sent in binary, and only bytea reads those as what they are.
constexpr Oid kInferred = 0;
constexpr Oid kBytea = 17;
constexpr std::size_t kMost = 65535;  // a count of 16 bits in the protocol
constexpr int kText = 0;
constexpr int kBinary = 1;

std::string Shortest(double number) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

}  // namespace

Parameters::Parameters(std::span<const Value> values) {
  if (values.size() > kMost) {
    throw Error(ErrorCode::kUsage,
                Cat("a statement was given ", values.size(),
                    " parameters; PostgreSQL takes ", kMost));
  }
  types_.reserve(values.size());
  pointers_.reserve(values.size());
  lengths_.reserve(values.size());
  formats_.reserve(values.size());
  for (const Value& value : values) Add(value);
}

void Parameters::AddText(const char* text) {
  types_.push_back(kInferred);
  pointers_.push_back(text);
  lengths_.push_back(0);
  formats_.push_back(kText);
}

void Parameters::Add(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.variant()))
    return AddText(*truth ? "t" : "f");
  if (const auto* integer = std::get_if<std::int64_t>(&value.variant())) {
    return AddText(numbers_.emplace_back(Cat(*integer)).c_str());
  }
  if (const auto* number = std::get_if<double>(&value.variant())) {
    return AddText(numbers_.emplace_back(Shortest(*number)).c_str());
  }
  if (const auto* text = std::get_if<std::string>(&value.variant())) {
    if (text->find('\0') != std::string::npos) {
      throw Error(
          ErrorCode::kUsage,
          Cat("parameter $", pointers_.size() + 1,
              " is text with a zero byte, which PostgreSQL cannot store"),
          "send it as Bytes into a bytea column");
    }
    return AddText(text->c_str());
  }
  const auto* bytes = std::get_if<Bytes>(&value.variant());
  if (bytes == nullptr) return AddText(nullptr);
  types_.push_back(kBytea);
  // A null pointer would be NULL, and an empty vector may have one.
  pointers_.push_back(
      bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data()));
  lengths_.push_back(static_cast<int>(bytes->size()));
  formats_.push_back(kBinary);
}

std::string StatementText(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kUsage,
                "a statement holds a zero byte, which PostgreSQL cannot read");
  }
  return std::string(sql);
}

}  // namespace godwit::internal
