// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_arguments.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/text.h"
#include "runtime/binary.h"
#include "runtime/time_text.h"

namespace godwit::internal {

namespace {

constexpr std::size_t kLength = 4;  // bytes before a value that has a length
constexpr int kText = 0;
constexpr int kBinary = 1;
constexpr std::size_t kMost = 65535;  // a count of 16 bits in the protocol

// Writes the number over what stands there.
void Patch(std::string& buffer, std::size_t at, std::size_t number) {
  std::string bytes;
  AppendBig(bytes, static_cast<std::int32_t>(number));
  buffer.replace(at, bytes.size(), bytes);
}

template <typename T>
bool Fits(std::int64_t value) {
  return value >= std::numeric_limits<T>::min() &&
         value <= std::numeric_limits<T>::max();
}

}  // namespace

bool PostgresArguments::all_binary() const {
  return std::ranges::none_of(types_, [](const PostgresType& type) {
    return type.type == WireType::kUnknown;
  });
}

void PostgresArguments::Begin() {
  copies_ = false;
  again_ = false;
  buffer_.clear();
  opened_.clear();
  slots_.clear();
  array_.reset();
}

void PostgresArguments::BeginRow() {
  copies_ = true;
  column_ = 0;
  opened_.clear();
  array_.reset();
  AppendBig(buffer_, static_cast<std::int16_t>(types_.size()));
}

bool PostgresArguments::Finish() {
  if (again_) return false;
  if (slots_.size() > kMost) {
    throw Error(ErrorCode::kUsage,
                Cat("a statement was given ", slots_.size(),
                    " parameters; PostgreSQL takes ", kMost));
  }
  pointers_.resize(slots_.size());
  lengths_.resize(slots_.size());
  formats_.resize(slots_.size());
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const Slot& slot = slots_[i];
    pointers_[i] = slot.length < 0 ? nullptr : buffer_.data() + slot.offset;
    lengths_[i] = std::max(slot.length, 0);
    formats_[i] = slot.format;
  }
  return true;
}

WireType PostgresArguments::Expected() const {
  const std::size_t at = index();
  if (at >= types_.size() || (array_ && array_->is_text))
    return WireType::kUnknown;
  return array_ ? types_[at].element : types_[at].type;
}

// Elements and columns of COPY have their length before them.
void PostgresArguments::Open() {
  if (array_ || copies_) buffer_.append(kLength, '\0');
  opened_.push_back(buffer_.size());
}

void PostgresArguments::Close() {
  const std::size_t begin = opened_.back();
  const std::size_t length = buffer_.size() - begin;
  opened_.pop_back();
  CheckLength(length);
  if (array_ || copies_) Patch(buffer_, begin - kLength, length);
  if (array_) return;
  ++column_;
  if (!copies_) slots_.push_back({begin, static_cast<int>(length), kBinary});
}

void PostgresArguments::CheckLength(std::size_t length) const {
  if (length > std::numeric_limits<std::int32_t>::max())
    throw Error(ErrorCode::kUsage, Cat("parameter $", index() + 1,
                                       " is longer than PostgreSQL takes"));
}

// Of what will be so long.
void PostgresArguments::BeginValue(std::size_t length) {
  if (array_ || copies_) AppendBig(buffer_, static_cast<std::int32_t>(length));
  if (array_) return;
  ++column_;
  if (!copies_)
    slots_.push_back({buffer_.size(), static_cast<int>(length), kBinary});
}

template <typename T>
void PostgresArguments::PutBits(T bits) {
  BeginValue(sizeof bits);
  AppendBig(buffer_, bits);
}

void PostgresArguments::PutBytes(std::string_view bytes,
                                 std::string_view before) {
  CheckLength(before.size() + bytes.size());
  BeginValue(before.size() + bytes.size());
  buffer_ += before;
  buffer_ += bytes;
}

// An element of another type than the array's makes the whole array a text,
// from its first element on.
void PostgresArguments::PutTextForm(std::string_view text) {
  if (array_ && array_->is_text)
    return void(array_->texts.back().emplace_back(text));
  if (copies_) {
    again_ = true;
    return PutNull();
  }
  if (array_) {
    as_text_[index()] = true;
    again_ = true;
    return;
  }
  if (text.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kUsage,
                Cat("parameter $", index() + 1,
                    " is text with a zero byte, which PostgreSQL cannot store"),
                "send it as Bytes into a bytea column");
  }
  slots_.push_back({buffer_.size(), static_cast<int>(text.size()), kText});
  buffer_ += text;
  buffer_ += '\0';
}

void PostgresArguments::PutNull() {
  if (array_ && array_->is_text)
    return void(array_->texts.back().emplace_back());
  if (array_) Patch(buffer_, array_->head + kLength, 1);  // it has NULLs
  if (array_ || copies_) AppendBig<std::int32_t>(buffer_, -1);
  if (array_) return;
  ++column_;
  if (!copies_) slots_.emplace_back();
}

void PostgresArguments::Put(bool value) {
  if (Expected() == WireType::kBool) return PutBytes({value ? "\1" : "\0", 1});
  PutTextForm(value ? "t" : "f");
}

void PostgresArguments::Put(std::int64_t value) {
  switch (Expected()) {
    case WireType::kInt8:
      return PutBits(value);
    case WireType::kInt4:
      if (Fits<std::int32_t>(value))
        return PutBits(static_cast<std::int32_t>(value));
      break;
    case WireType::kInt2:
      if (Fits<std::int16_t>(value))
        return PutBits(static_cast<std::int16_t>(value));
      break;
    case WireType::kOid:
      if (Fits<std::uint32_t>(value))
        return PutBits(static_cast<std::uint32_t>(value));
      break;
    default:
      break;
  }
  PutTextForm(Cat(value));
}

void PostgresArguments::Put(float value) {
  const WireType type = Expected();
  if (type == WireType::kFloat4)
    return PutBits(std::bit_cast<std::uint32_t>(value));
  PutTextForm(FloatText(value));
}

void PostgresArguments::Put(double value) {
  if (Expected() == WireType::kFloat8)
    return PutBits(std::bit_cast<std::uint64_t>(value));
  PutTextForm(FloatText(value));
}

void PostgresArguments::Put(std::string_view value) {
  switch (Expected()) {
    case WireType::kText:
    case WireType::kJson:
      return PutBytes(value);
    case WireType::kJsonb:
      return PutBytes(value, "\1");
    default:
      PutTextForm(value);
  }
}

void PostgresArguments::Put(std::span<const std::byte> value) {
  const std::string_view bytes(reinterpret_cast<const char*>(value.data()),
                               value.size());
  if (Expected() == WireType::kBytea) return PutBytes(bytes);
  PutTextForm(ByteaText(bytes));
}

void PostgresArguments::Put(const Decimal& value) {
  std::string bytes;
  if (Expected() == WireType::kNumeric &&
      AppendNumeric(bytes, value.ToString()))
    return PutBytes(bytes);
  PutTextForm(value.ToString());
}

void PostgresArguments::Put(const Uuid& value) {
  if (Expected() == WireType::kUuid) {
    return PutBytes({reinterpret_cast<const char*>(value.bytes.data()),
                     value.bytes.size()});
  }
  PutTextForm(value.ToString());
}

void PostgresArguments::Put(const Json& value) {
  Put(std::string_view(value.text));
}

void PostgresArguments::Put(Date value) {
  if (Expected() != WireType::kDate) return PutTextForm(TextOf(value));
  if (value == kLastDate)
    return PutBits(std::numeric_limits<std::int32_t>::max());
  if (value == kFirstDate)
    return PutBits(std::numeric_limits<std::int32_t>::min());
  if (!value.ok())
    throw Error(ErrorCode::kUsage, Cat("parameter $", index() + 1,
                                       " is a date that is not there"));
  const std::int64_t days = DaysOf({static_cast<int>(value.year()),
                                    static_cast<unsigned>(value.month()),
                                    static_cast<unsigned>(value.day())});
  PutBits(static_cast<std::int32_t>(days - kDaysTo2000));
}

void PostgresArguments::Put(TimeOfDay value) {
  if (Expected() == WireType::kTime)
    return PutBits(std::int64_t{value.count()});
  PutTextForm(TextOf(value));
}

void PostgresArguments::Put(Timestamp value) {
  std::int64_t micros = 0;
  if (Expected() == WireType::kTimestamptz &&
      ToMicros2000(value.time_since_epoch().count(), micros))
    return PutBits(micros);
  PutTextForm(TextOf(value));
}

void PostgresArguments::Put(LocalTimestamp value) {
  std::int64_t micros = 0;
  if (Expected() == WireType::kTimestamp &&
      ToMicros2000(value.time_since_epoch().count(), micros))
    return PutBits(micros);
  PutTextForm(TextOf(value));
}

void PostgresArguments::Put(const Interval& value) {
  if (Expected() != WireType::kInterval) return PutTextForm(TextOf(value));
  Open();
  AppendBig(buffer_, value.microseconds);
  AppendBig(buffer_, value.days);
  AppendBig(buffer_, value.months);
  Close();
}

void PostgresArguments::Put(const Value& value) {
  const Value::Variant& v = value.variant();
  if (const auto* truth = std::get_if<bool>(&v)) return Put(*truth);
  if (const auto* integer = std::get_if<std::int64_t>(&v)) return Put(*integer);
  if (const auto* number = std::get_if<double>(&v)) return Put(*number);
  if (const auto* text = std::get_if<std::string>(&v))
    return Put(std::string_view(*text));
  if (const auto* bytes = std::get_if<Bytes>(&v))
    return Put(std::span<const std::byte>(*bytes));
  PutNull();
}

// The head: how many dimensions, whether there are NULLs, the elements' type;
// then each dimension's size and its first index.
void PostgresArguments::BeginArray(std::size_t size, int depth) {
  if (!array_) {
    const std::size_t at = index();
    const PostgresType type = at < types_.size() ? types_[at] : PostgresType();
    const bool is_text = type.type != WireType::kArray || as_text_[at];
    if (!is_text) Open();
    array_.emplace(Array());
    array_->is_text = is_text;
    array_->head = buffer_.size();
    array_->depth = static_cast<std::size_t>(depth);
    array_->sizes.resize(array_->depth);
    if (!is_text) {
      AppendBig<std::int32_t>(buffer_, depth);
      AppendBig<std::int32_t>(buffer_, 0);
      AppendBig(buffer_, type.element_oid);
      for (int i = 0; i < depth; ++i) {
        AppendBig<std::int32_t>(buffer_, 0);
        AppendBig<std::int32_t>(buffer_, 1);
      }
    }
  }
  if (array_->is_text) return void(array_->texts.emplace_back());
  std::optional<std::size_t>& known = array_->sizes[array_->level++];
  array_->ragged = array_->ragged || (known && *known != size);
  known = size;
}

void PostgresArguments::EndTextArray() {
  const bool innermost = array_->texts.size() == array_->depth;
  const ArrayTexts texts = std::move(array_->texts.back());
  array_->texts.pop_back();
  const std::string text = innermost ? ArrayText(texts) : JoinArrays(texts);
  if (array_->texts.empty()) array_.reset();
  PutTextForm(text);
}

void PostgresArguments::EndArray() {
  constexpr std::size_t kHead = 12;
  constexpr std::size_t kDimension = 8;
  if (array_->is_text) return EndTextArray();
  if (--array_->level > 0) return;
  if (array_->ragged)
    throw Error(ErrorCode::kUsage,
                Cat("parameter $", index() + 1,
                    " is an array whose inner arrays differ in length"));
  const std::size_t head = array_->head;
  const std::vector<std::optional<std::size_t>> sizes =
      std::move(array_->sizes);
  array_.reset();
  if (std::ranges::any_of(sizes,
                          [](auto size) { return !size || *size == 0; })) {
    buffer_.resize(head + kHead);  // an empty array has no dimensions
    Patch(buffer_, head, 0);
  } else {
    for (std::size_t i = 0; i < sizes.size(); ++i)
      Patch(buffer_, head + kHead + i * kDimension, *sizes[i]);
  }
  Close();
}

}  // namespace godwit::internal
