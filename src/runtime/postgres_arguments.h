// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <optional>
#include <string>
#include <vector>

#include "godwit/generated.h"
#include "runtime/array_text.h"
#include "runtime/postgres_types.h"

namespace godwit::internal {

// Values in the forms that a statement's parameters have: binary where the
// server's type is the value's own, else text, which the server reads as it
// reads a literal.
class PostgresArguments final : public Arguments {
 public:
  // `types` are the parameters'.
  explicit PostgresArguments(std::vector<PostgresType> types)
      : types_(std::move(types)), as_text_(types_.size()) {}

  // Whether all of them have a binary form, as COPY wants it.
  bool all_binary() const;

  // For a statement. False from Finish: give them again, in other forms.
  void Begin();
  bool Finish();
  int count() const { return static_cast<int>(slots_.size()); }
  const char* const* values() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

  // For COPY: rows are added to what is there until it is taken.
  void BeginRow();
  // Whether a value of the rows until now has another type than its column.
  bool mismatched() const { return again_; }
  std::string& rows() { return buffer_; }

  void PutNull() override;
  void Put(bool value) override;
  void Put(std::int64_t value) override;
  void Put(float value) override;
  void Put(double value) override;
  void Put(std::string_view value) override;
  void Put(std::span<const std::byte> value) override;
  void Put(const Decimal& value) override;
  void Put(const Uuid& value) override;
  void Put(const Json& value) override;
  void Put(Date value) override;
  void Put(TimeOfDay value) override;
  void Put(Timestamp value) override;
  void Put(LocalTimestamp value) override;
  void Put(const Interval& value) override;
  void Put(const Value& value) override;
  void BeginArray(std::size_t size, int depth) override;
  void EndArray() override;

 private:
  struct Slot {
    std::size_t offset = 0;  // in the buffer
    int length = -1;         // NULL
    int format = 0;
  };
  // An array while its elements come.
  struct Array {
    bool is_text = false;
    std::size_t depth = 0;
    std::size_t head = 0;   // where it begins in the buffer
    std::size_t level = 0;  // how many are open
    std::vector<std::optional<std::size_t>> sizes;  // a dimension each
    bool ragged = false;
    std::vector<ArrayTexts> texts;  // of the text form, for each that is open
  };

  std::size_t index() const { return copies_ ? column_ : slots_.size(); }
  // The type that the value is wanted as; kUnknown: text.
  WireType Expected() const;
  void Open();
  void Close();
  void BeginValue(std::size_t length);
  void CheckLength(std::size_t length) const;
  template <typename T>
  void PutBits(T bits);
  void PutBytes(std::string_view bytes, std::string_view before = {});
  void PutTextForm(std::string_view text);
  void EndTextArray();

  std::vector<PostgresType> types_;
  std::vector<bool> as_text_;  // arrays whose elements have another type
  bool again_ = false;
  bool copies_ = false;
  std::size_t column_ = 0;  // of COPY
  std::string buffer_;
  std::vector<std::size_t> opened_;  // where the lengths of open values stand
  std::vector<Slot> slots_;
  std::optional<Array> array_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

}  // namespace godwit::internal
